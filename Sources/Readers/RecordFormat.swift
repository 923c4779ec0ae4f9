import Bytes
import Declarations
import Documents

/// A way to write documents as records of files: one value of a source's `format`. Its parameters are
/// keys of a source that only this format knows.
///
/// A format is one file in `Formats/`, one line in `RecordFormats.all` and one test;
/// `Documentation/AddingAReader.md` goes through it.
public protocol RecordFormat: Component {
  /// Whether the templates `text` and `id` apply.
  static var acceptsText: Bool { get }
  /// Whether the templates `url` and `timestamp` apply.
  static var acceptsURL: Bool { get }
  /// Creates the format as a source wants it.
  ///
  /// - Throws: `badData` whose message has no place: the caller knows it and adds it.
  init(settings: ReaderSettings) throws(CuveeError)
  /// How files are cut into records.
  var framing: Framing { get }
  /// Whether the size of a plain file bounds the text of its documents: none has more bytes than
  /// its record. False where that is not certain.
  var textFitsRecord: Bool { get }
  /// The field that a record lacks, where its text is a template of the record's fields.
  func missingField(in record: Span<UInt8>) -> MissingField?
  /// Makes a parser for one worker.
  func makeParser() -> any RecordParser
}

extension RecordFormat {
  /// Most formats have neither.
  public static var acceptsURL: Bool { false }

  /// Most formats have no template of a record's own fields.
  public func missingField(in record: Span<UInt8>) -> MissingField? { nil }

  /// Not certain, unless a format says so.
  public var textFitsRecord: Bool { false }
}

/// Turns raw records into documents, for one worker.
public protocol RecordParser: AnyObject {
  /// Appends the documents of a batch's records, and a `BadRecord` for each record that gives none.
  ///
  /// A pure function of the records: a bad one has no effect on its neighbours. The bytes of a batch that
  /// a huge record made large may be gone afterwards, so that they are not there beside its text.
  func parse(_ records: inout RecordBatch, into documents: inout DocumentBatch)
}
