import Bytes
import Declarations

/// The share of characters in lines that occurred before. Gopher allows 20 %, FineWeb's code 1 % (its
/// paper 10 %).
struct DuplicateLineCharacters: Metric {
  static let name = "duplicate_line_characters"
  static let summary = "the share of characters in lines that occurred before"
  static let parameters: [Parameter] = [
    .choice("blank_lines", standard: BlankLines.counted, "lines of white space alone")
  ]

  private let blankLines: BlankLines

  init(parameters: Parameters) throws(CuveeError) {
    blankLines = parameters.choice("blank_lines")
  }

  func measure(_ document: inout DocumentView) -> Double? {
    let lines = document.lines
    switch blankLines {
    case .counted:
      return share(lines.all.repeatedCharacters, of: document.characters.count)
    case .leftOut:
      return share(
        lines.nonBlank.repeatedCharacters, of: document.characters.count - lines.lineFeeds)
    }
  }
}
