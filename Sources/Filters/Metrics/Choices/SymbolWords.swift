import Declarations

/// What becomes of words that are punctuation alone when words are counted.
enum SymbolWords: String, ChoiceSet {
  case leftOut = "left_out"
  case counted

  var summary: String {
    switch self {
    case .leftOut: "they are left out, as by datatrove"
    case .counted: "they are words like others, as for Dolma"
    }
  }

  /// Whether a word is counted.
  func counts(_ word: WordTable.Word) -> Bool { self == .counted || word.hasOther }
}
