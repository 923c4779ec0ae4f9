import Declarations

/// How words that occur several times count.
enum WordCounting: String, ChoiceSet {
  case distinct, all

  var summary: String {
    switch self {
    case .distinct: "each word once, as for datatrove"
    case .all: "each occurrence, as for Dolma"
    }
  }
}
