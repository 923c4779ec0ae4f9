import Bytes
import Documents

/// Plain text files: one document a file, whose id is the file's name without its folders.
///
/// The text is the file as it is, without a byte order mark. It must be valid UTF-8.
public struct TextFormat: RecordFormat {
  public static let name = "text"
  public static let options: [FormatOption] = []
  public static let acceptsText = false

  public init(settings: ReaderSettings) throws(CuveeError) {
    try settings.check(for: TextFormat.self)
  }

  public var framing: Framing { .wholeFile }

  public func makeParser() -> any RecordParser { PlainTextParser(namesAreIDs: true) }
}
