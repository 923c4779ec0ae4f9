import Bytes
import Declarations

/// Something that can be measured of a document and held against limits, with `drop_if`.
///
/// A metric is one file in `Metrics/`, one line in `Metrics.all` and one line of a test's table.
protocol Metric: Component {
  /// Creates the metric.
  ///
  /// - Throws: `badData`, without a place, where values that are each of their kind do not go.
  init(parameters: Parameters) throws(CuveeError)

  /// What the document has; nil where it has nothing to measure, such as the mean length of no words.
  /// What is shared with other metrics comes from the view.
  func measure(_ document: inout DocumentView) -> Double?
}

extension Metric {
  /// A share, or nil where there is nothing of which it is one.
  ///
  /// Python divides whole numbers to the nearest double as this does, for all below 2^53.
  func share(_ part: Int, of whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }

  /// The share of a text's lines, those of Python's `str.splitlines`, that a condition holds for; it
  /// gets each without the white space at its ends.
  func shareOfLines(of text: Span<UInt8>, where condition: (Span<UInt8>) -> Bool) -> Double? {
    var lines = 0
    var found = 0
    ByteSearch.forEachLine(in: text) { line in
      lines += 1
      if condition(text.extracting(UTF8Text.stripped(line, in: text))) { found += 1 }
    }
    return share(found, of: lines)
  }
}
