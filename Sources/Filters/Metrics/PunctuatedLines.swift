import Bytes
import Declarations

/// The share of lines that end with a mark that ends sentences. FineWeb wants 12 %.
///
/// Lines end with line feeds and blank ones are left out. The marks are those of all scripts, without
/// quotation marks: datatrove's since December 2024 (`Punctuation`).
struct PunctuatedLines: Metric {
  static let name = "punctuated_lines"
  static let summary = "the share of lines that end with a terminal mark"

  init(parameters: Parameters) throws(CuveeError) {}

  func measure(_ document: inout DocumentView) -> Double? {
    let lines = document.lines
    return share(lines.punctuated, of: lines.nonBlank.lines)
  }
}
