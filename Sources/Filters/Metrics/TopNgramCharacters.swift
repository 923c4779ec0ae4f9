import Bytes
import Declarations

/// The share of characters in the most frequent sequence of words. Gopher allows 20 % of two words,
/// 18 % of three and 16 % of four.
///
/// Of several that occur as often it is the first, and one that occurs once counts, too, so that very
/// short texts have large shares (datatrove's `find_top_duplicate`).
struct TopNgramCharacters: Metric {
  static let name = "top_ngram_characters"
  static let summary = "the share of characters in the most frequent sequence of words"
  static let parameters: [Parameter] = [
    Parameter(
      "n", .integer(2...10), "the words of a sequence: 2 to 4"),
    WordSplitting.parameter,
  ]

  private let n: Int
  private let splitting: WordSplitting

  init(parameters: Parameters) throws(CuveeError) {
    splitting = parameters.choice(WordSplitting.parameter.name)
    n = parameters.integer("n")
    guard TopNgrams.lengths.contains(n) else {
      throw .badData("\(Self.name): n must be 2 to 4, not \(n)")
    }
  }

  func measure(_ document: inout DocumentView) -> Double? {
    share(document.frequent(splitting).characters(n), of: document.characters.count)
  }
}
