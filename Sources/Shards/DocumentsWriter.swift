import Bytes
import Streams

/// Writes a source's table of documents: a folder of `documents.zst`, `ids.zst` and `edits.zst`.
///
/// All are in the zstd seekable format. `documents.zst` is, uncompressed, `CUVEEDOC`, `u32`
/// version 2, `u32` bytes of an entry (72), then an entry for each document by rising ordinal
/// (`StoredDocument`). `ids.zst` is the ids, each followed by a line feed; an entry says where its
/// id begins and how many bytes it has. `edits.zst` is the edits (`DocumentRecord.edits`), which an entry
/// finds in the same way.
public struct DocumentsWriter: ~Copyable {
  static let magic = Array("CUVEEDOC".utf8)
  static let version: UInt32 = 2
  static let headerBytes = 16

  private var documents: FramedFile
  private var ids: FramedFile
  private var edits: FramedFile
  private let folder: String
  private var idOffset: UInt64 = 0
  private var editOffset: UInt64 = 0
  private var lastOrdinal: UInt64?
  /// The documents appended so far.
  public private(set) var count: UInt64 = 0

  /// Creates the folder, where it does not exist, and its files.
  ///
  /// - Parameters:
  ///   - folder: The folder of the source's documents.
  ///   - level: zstd's compression level.
  /// - Throws: `CuveeError.io` when they cannot be written.
  public init(folder: String, level: Int32) throws(CuveeError) {
    try FileSystem.createDirectories(folder)
    var documents = try FramedFile(path: "\(folder)/\(OutputLayout.documents)", level: level)
    let ids = try FramedFile(path: "\(folder)/\(OutputLayout.documentIDs)", level: level)
    let edits = try FramedFile(path: "\(folder)/\(OutputLayout.documentEdits)", level: level)
    documents.pending = DocumentsWriter.magic
    documents.pending.appendLittleEndian(DocumentsWriter.version)
    documents.pending.appendLittleEndian(UInt32(StoredDocument.bytes))
    self.folder = folder
    self.documents = documents
    self.ids = ids
    self.edits = edits
  }

  /// Appends a document whose id is a string.
  public mutating func append(_ record: DocumentRecord) throws(CuveeError) {
    let id = Array(record.id.utf8)
    try append(record, id: id.span)
  }

  /// Appends a document.
  ///
  /// - Parameters:
  ///   - record: The document; its `id` is not looked at.
  ///   - id: The document's id, valid UTF-8.
  /// - Throws: `CuveeError.io` when writing fails, `.failed` when the ordinal does not rise.
  public mutating func append(
    _ record: DocumentRecord, id: Span<UInt8>
  ) throws(CuveeError) {
    if let lastOrdinal, record.ordinal <= lastOrdinal {
      throw .failed("\(folder): document \(record.ordinal) comes after \(lastOrdinal)")
    }
    guard let idBytes = UInt32(exactly: id.count) else {
      throw .failed("\(folder): the id of document \(record.ordinal) has \(id.count) bytes")
    }
    lastOrdinal = record.ordinal
    count += 1
    StoredDocument(
      fields: record, idOffset: idOffset, idBytes: idBytes, editOffset: editOffset,
      editBytes: UInt32(record.edits.count)
    ).append(to: &documents.pending)
    ids.pending.append(id)
    ids.pending.append(0x0A)
    idOffset += UInt64(id.count) + 1
    edits.pending += record.edits
    editOffset += UInt64(record.edits.count)
    try documents.endEntry()
    try ids.endEntry()
    try edits.endEntry()
  }

  /// Ends the files and brings them to the disk.
  public mutating func finish() throws(CuveeError) -> DocumentsSummary {
    DocumentsSummary(
      count: count, documents: try documents.finish(), ids: try ids.finish(),
      edits: try edits.finish())
  }
}

/// What a finished table of documents holds.
public struct DocumentsSummary: Codable, Sendable, Equatable {
  /// The documents of the table.
  public var count: UInt64
  /// Sizes and digests of `documents.zst`.
  public var documents: SeekableZstdSummary
  /// Sizes and digests of `ids.zst`.
  public var ids: SeekableZstdSummary
  /// Sizes and digests of `edits.zst`.
  public var edits: SeekableZstdSummary

  /// The files as the manifest lists them.
  ///
  /// - Parameter source: The name of the source.
  /// - Returns: `documents.zst`, `ids.zst` and `edits.zst`, with paths relative to the output's
  ///   folder.
  public func entries(source: String) -> [FileEntry] {
    let folder = OutputLayout.documentsFolder(source: source)
    return [
      FileEntry(file: "\(folder)/\(OutputLayout.documents)", summary: documents),
      FileEntry(file: "\(folder)/\(OutputLayout.documentIDs)", summary: ids),
      FileEntry(file: "\(folder)/\(OutputLayout.documentEdits)", summary: edits),
    ]
  }
}
