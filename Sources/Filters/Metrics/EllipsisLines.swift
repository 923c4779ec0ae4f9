import Bytes
import Declarations

/// The share of lines that end with an ellipsis, of three periods or as one character. Gopher allows
/// 30 %.
///
/// Lines are those of Python's `str.splitlines`; white space after the ellipsis does not matter.
struct EllipsisLines: Metric {
  static let name = "ellipsis_lines"
  static let summary = "the share of lines that end with an ellipsis"

  init(parameters: Parameters) throws(CuveeError) {}

  func measure(_ document: inout DocumentView) -> Double? {
    shareOfLines(of: document.text) { line in
      guard line.count >= 3 else { return false }
      let three = (line[line.count - 3], line[line.count - 2], line[line.count - 1])
      return three == (0x2E, 0x2E, 0x2E) || three == (0xE2, 0x80, 0xA6)
    }
  }
}
