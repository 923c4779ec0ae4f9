import Bytes
import Declarations

/// The share of lines that occurred before. Gopher allows 30 %.
///
/// Lines lie between line feeds and are not empty, but for an empty one at either end of the text
/// (`re.split("\n+")`).
struct DuplicateLines: Metric {
  static let name = "duplicate_lines"
  static let summary = "the share of lines that occurred before"

  init(parameters: Parameters) throws(CuveeError) {}

  func measure(_ document: inout DocumentView) -> Double? {
    let lines = document.lines.all
    return share(lines.repeatedLines, of: lines.lines)
  }
}
