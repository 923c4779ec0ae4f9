import Bytes
import Declarations

/// The number of words between white space. Gopher keeps documents of 50 to 100,000.
struct Words: Metric {
  static let name = "words"
  static let summary = "the number of words"
  static let parameters: [Parameter] = [
    .choice("symbol_words", standard: SymbolWords.leftOut, "words of punctuation alone"),
    WordSplitting.parameter,
  ]

  private let symbolWords: SymbolWords
  private let splitting: WordSplitting

  init(parameters: Parameters) throws(CuveeError) {
    splitting = parameters.choice(WordSplitting.parameter.name)
    symbolWords = parameters.choice("symbol_words")
  }

  func measure(_ document: inout DocumentView) -> Double? {
    var count = 0
    document.words(splitting).forEachWord { word in
      if symbolWords.counts(word) { count += word.occurrences }
    }
    return Double(count)
  }
}
