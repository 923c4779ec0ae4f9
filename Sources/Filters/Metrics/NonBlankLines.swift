import Bytes
import Declarations

/// The number of lines with something besides white space. FineWeb drops documents without one.
struct NonBlankLines: Metric {
  static let name = "non_blank_lines"
  static let summary = "the number of lines that are not blank"

  init(parameters: Parameters) throws(CuveeError) {}

  func measure(_ document: inout DocumentView) -> Double? {
    Double(document.lines.nonBlank.lines)
  }
}
