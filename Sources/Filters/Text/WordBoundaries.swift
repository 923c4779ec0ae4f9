import Declarations

/// Where the words of a list are found in a text.
enum WordBoundaries: String, ChoiceSet {
  case words, none

  var summary: String {
    switch self {
    case .words: "between characters that are neither letters, digits nor `_`, as C4 finds them"
    case .none: "anywhere, as mC4 finds those of languages without spaces (ja, th, zh)"
    }
  }
}
