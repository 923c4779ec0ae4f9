import Bytes
import Documents

/// Lines of plain text: one document a line that is not blank, without an id.
///
/// The text is the line without its end. It must be valid UTF-8.
public struct LinesFormat: RecordFormat {
  public static let name = "lines"
  public static let options: [FormatOption] = []
  public static let acceptsText = false

  public init(settings: ReaderSettings) throws(CuveeError) {
    try settings.check(for: LinesFormat.self)
  }

  public var framing: Framing { .lines }

  public func makeParser() -> any RecordParser { PlainTextParser(namesAreIDs: false) }
}
