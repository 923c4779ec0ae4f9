import Declarations

/// What a word is.
enum WordSplitting: String, ChoiceSet {
  case whitespace, treebank

  var summary: String {
    switch self {
    case .whitespace: "what lies between white space, as for Gopher and Dolma"
    case .treebank: "NLTK's `word_tokenize`, with which FineWeb was made"
    }
  }

  /// The parameter of all metrics that count words.
  static let parameter = Parameter.choice(
    "word_splitting", standard: WordSplitting.whitespace, "what a word is")
}
