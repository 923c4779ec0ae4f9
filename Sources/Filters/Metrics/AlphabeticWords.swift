import Bytes
import Declarations

/// The share of words with a letter (Python's `str.isalpha`). Gopher wants 80 %.
struct AlphabeticWords: Metric {
  static let name = "alphabetic_words"
  static let summary = "the share of words with at least one letter"
  static let parameters = [WordSplitting.parameter]

  private let splitting: WordSplitting

  init(parameters: Parameters) throws(CuveeError) {
    splitting = parameters.choice(WordSplitting.parameter.name)
  }

  func measure(_ document: inout DocumentView) -> Double? {
    let words = document.words(splitting)
    var count = 0
    words.forEachWord { word in
      if word.hasLetter { count += word.occurrences }
    }
    return share(count, of: words.count)
  }
}
