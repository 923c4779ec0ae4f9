import Bytes
import Declarations

/// The share of characters in sequences of words that occurred before. Gopher allows from 15 % of five
/// words to 10 % of ten.
///
/// The text is walked from its start and past each sequence that is there again, so that no character
/// counts twice (datatrove's `find_all_duplicate`). Spaces are no characters of a sequence.
struct DuplicateNgramCharacters: Metric {
  static let name = "duplicate_ngram_characters"
  static let summary = "the share of characters in sequences of words that occurred before"
  static let parameters: [Parameter] = [
    Parameter(
      "n", .integer(2...10), "the words of a sequence: 5 to 10"),
    WordSplitting.parameter,
  ]

  private let n: Int
  private let splitting: WordSplitting

  init(parameters: Parameters) throws(CuveeError) {
    splitting = parameters.choice(WordSplitting.parameter.name)
    n = parameters.integer("n")
    guard RepeatedNgrams.lengths.contains(n) else {
      throw .badData("\(Self.name): n must be 5 to 10, not \(n)")
    }
  }

  func measure(_ document: inout DocumentView) -> Double? {
    share(document.repeated(splitting).characters(n), of: document.characters.count)
  }
}
