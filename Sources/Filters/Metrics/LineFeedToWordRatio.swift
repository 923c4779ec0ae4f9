import Bytes
import Declarations

/// The line feeds for each word. FineWeb allows 0.3: more make a list.
struct LineFeedToWordRatio: Metric {
  static let name = "line_feed_to_word_ratio"
  static let summary = "how many line feeds there are, for each word"
  static let parameters = [WordSplitting.parameter]

  private let splitting: WordSplitting

  init(parameters: Parameters) throws(CuveeError) {
    splitting = parameters.choice(WordSplitting.parameter.name)
  }

  func measure(_ document: inout DocumentView) -> Double? {
    share(document.lines.lineFeeds, of: document.words(splitting).count)
  }
}
