import Bytes
import Declarations

/// The share of paragraphs that occurred before. Gopher allows 30 %.
///
/// Paragraphs lie between two or more line feeds.
struct DuplicateParagraphs: Metric {
  static let name = "duplicate_paragraphs"
  static let summary = "the share of paragraphs that occurred before"

  init(parameters: Parameters) throws(CuveeError) {}

  func measure(_ document: inout DocumentView) -> Double? {
    let paragraphs = document.paragraphs
    return share(paragraphs.repeated, of: paragraphs.count)
  }
}
