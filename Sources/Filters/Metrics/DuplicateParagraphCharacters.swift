import Bytes
import Declarations

/// The share of characters in paragraphs that occurred before. Gopher allows 20 %.
struct DuplicateParagraphCharacters: Metric {
  static let name = "duplicate_paragraph_characters"
  static let summary = "the share of characters in paragraphs that occurred before"

  init(parameters: Parameters) throws(CuveeError) {}

  func measure(_ document: inout DocumentView) -> Double? {
    share(document.paragraphs.repeatedCharacters, of: document.characters.count)
  }
}
