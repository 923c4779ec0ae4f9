import Bytes
import Declarations

/// The mean length of the words in characters. Gopher keeps documents with 3 to 10.
struct MeanWordLength: Metric {
  static let name = "mean_word_length"
  static let summary = "the mean length of the words in characters"
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
    var characters = 0
    document.words(splitting).forEachWord { word in
      guard symbolWords.counts(word) else { return }
      count += word.occurrences
      characters += word.occurrences * word.characters
    }
    return share(characters, of: count)
  }
}
