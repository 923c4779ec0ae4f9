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
    let text = document.text
    var lines = 0
    var found = 0
    var start = 0
    while start < text.count {
      let end = ByteSearch.lineBreak(in: text, from: start)
      let last = UTF8Text.endWithoutSpace(start..<end.start, in: text)
      lines += 1
      if last - start >= 3 {
        let three = (text[last - 3], text[last - 2], text[last - 1])
        if three == (0x2E, 0x2E, 0x2E) || three == (0xE2, 0x80, 0xA6) { found += 1 }
      }
      start = end.start + end.length
    }
    return share(found, of: lines)
  }
}
