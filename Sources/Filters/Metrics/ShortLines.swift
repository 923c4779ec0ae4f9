import Bytes
import Declarations

/// The share of lines of at most so many characters. FineWeb allows 67 % of 30 and fewer.
///
/// Lines end with line feeds and blank ones are left out.
struct ShortLines: Metric {
  static let name = "short_lines"
  static let summary = "the share of short lines"
  static let parameters: [Parameter] = [
    Parameter(
      "maximum", .integer(0...Int.max), standard: .integer(30),
      "the most characters of a short line")
  ]

  private let maximum: Int

  init(parameters: Parameters) throws(CuveeError) {
    maximum = parameters.integer("maximum")
  }

  func measure(_ document: inout DocumentView) -> Double? {
    let lengths = document.lines.lengths
    var count = 0
    for length in lengths where Int(length) <= maximum { count += 1 }
    return share(count, of: lengths.count)
  }
}
