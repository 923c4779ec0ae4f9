import Bytes
import Declarations
import Documents

/// Lines of plain text: one document a line that is not blank, without an id.
///
/// The text is the line without its end. It must be valid UTF-8.
struct LinesFormat: RecordFormat {
  static let name = "lines"
  static let summary = "lines of plain text: one document a line that is not blank"
  static let acceptsText = false

  init(settings: ReaderSettings) throws(CuveeError) {
    try settings.check(for: LinesFormat.self)
  }

  var framing: Framing { .lines }

  var textFitsRecord: Bool { true }

  func makeParser() -> any RecordParser { PlainTextParser(namesAreIDs: false) }
}
