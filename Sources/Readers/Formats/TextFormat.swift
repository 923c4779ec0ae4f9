import Bytes
import Declarations
import Documents

/// Plain text files: one document a file, whose id is the file's name without its folders.
///
/// The text is the file as it is, without a byte order mark. It must be valid UTF-8.
struct TextFormat: RecordFormat {
  static let name = "text"
  static let summary = "plain text: one document a file"
  static let acceptsText = false

  init(settings: ReaderSettings) throws(CuveeError) {
    try settings.check(for: TextFormat.self)
  }

  var framing: Framing { .wholeFile }

  var textFitsRecord: Bool { true }

  func makeParser() -> any RecordParser { PlainTextParser(namesAreIDs: true) }
}
