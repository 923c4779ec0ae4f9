import Bytes
import Declarations

/// The number of stop words. Gopher wants two of eight English ones.
///
/// Words are compared as they are, with their capital letters and the punctuation that touches them.
struct StopWords: Metric {
  static let name = "stop_words"
  static let summary = "the number of stop words"
  static let parameters: [Parameter] = [
    Parameter(
      "stop_words", .texts,
      standard: .texts(["the", "be", "to", "of", "and", "that", "have", "with"]), "the words"),
    .choice("counting", standard: WordCounting.distinct, "how words that occur again count"),
    WordSplitting.parameter,
  ]

  private let stopWords: [[UInt8]]
  private let counting: WordCounting
  private let splitting: WordSplitting

  init(parameters: Parameters) throws(CuveeError) {
    splitting = parameters.choice(WordSplitting.parameter.name)
    var seen: Set<[UInt8]> = []
    stopWords = parameters.texts("stop_words").filter { seen.insert($0).inserted }
    counting = parameters.choice("counting")
  }

  func measure(_ document: inout DocumentView) -> Double? {
    var count = 0
    for word in stopWords {
      let occurrences = document.occurrences(of: word, splitting)
      count += counting == .distinct ? min(1, occurrences) : occurrences
    }
    return Double(count)
  }
}
