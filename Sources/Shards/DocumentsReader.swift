import Bytes
import Streams

/// Reads a source's table of documents; the layout is `DocumentsWriter`'s.
public struct DocumentsReader: ~Copyable {
  private var documents: SeekableZstdReader
  private var ids: SeekableZstdReader
  private var edits: SeekableZstdReader
  private let place: String
  private var buffer: [UInt8] = []
  /// The documents of the table.
  public let count: Int

  /// Opens the table in a folder.
  ///
  /// - Parameters:
  ///   - folder: The folder of the source's documents.
  ///   - displayPath: The folder's name for messages.
  /// - Throws: `CuveeError.missingInput` when a file is missing, `.badData` when it is not a table
  ///   of documents.
  public init(folder: String, displayPath: String) throws(CuveeError) {
    let place = "\(displayPath)/\(OutputLayout.documents)"
    var buffer: [UInt8] = []
    var documents = try SeekableZstdReader(
      path: "\(folder)/\(OutputLayout.documents)", displayPath: place)
    let ids = try SeekableZstdReader(
      path: "\(folder)/\(OutputLayout.documentIDs)",
      displayPath: "\(displayPath)/\(OutputLayout.documentIDs)")
    let edits = try SeekableZstdReader(
      path: "\(folder)/\(OutputLayout.documentEdits)",
      displayPath: "\(displayPath)/\(OutputLayout.documentEdits)")
    let header = UInt64(DocumentsWriter.headerBytes)
    guard documents.rawSize >= header,
      (documents.rawSize - header).isMultiple(of: UInt64(StoredDocument.bytes))
    else { throw .badData("\(place): \(documents.rawSize) bytes are no table of documents") }
    try documents.read(0..<header, into: &buffer)
    guard Array(buffer.prefix(8)) == DocumentsWriter.magic,
      buffer.loadLittleEndian(UInt32.self, at: 8) == DocumentsWriter.version,
      buffer.loadLittleEndian(UInt32.self, at: 12) == UInt32(StoredDocument.bytes)
    else {
      throw .badData("\(place): not a table of documents of version \(DocumentsWriter.version)")
    }
    self.place = place
    count = Int((documents.rawSize - header) / UInt64(StoredDocument.bytes))
    self.documents = documents
    self.ids = ids
    self.edits = edits
  }

  /// The document at a place in the table, with its id and edits.
  ///
  /// - Parameter index: The place, from 0 by rising ordinal.
  /// - Returns: The document.
  /// - Throws: `CuveeError.badData` for a place that is not in the table and for damaged bytes.
  public mutating func record(at index: Int) throws(CuveeError) -> DocumentRecord {
    let stored = try stored(at: index)
    let end = stored.idOffset.addingReportingOverflow(UInt64(stored.idBytes))
    guard !end.overflow, end.partialValue <= ids.rawSize else {
      throw .badData("\(place): the id of document \(stored.fields.ordinal) lies beyond the ids")
    }
    try ids.read(stored.idOffset..<end.partialValue, into: &buffer)
    var record = stored.fields
    record.id = String(decoding: buffer, as: UTF8.self)
    let editEnd = stored.editOffset.addingReportingOverflow(UInt64(stored.editBytes))
    guard !editEnd.overflow, editEnd.partialValue <= edits.rawSize else {
      throw .badData(
        "\(place): the edits of document \(stored.fields.ordinal) lie beyond all edits")
    }
    try edits.read(stored.editOffset..<editEnd.partialValue, into: &record.edits)
    return record
  }

  /// The document of an ordinal, with its id; nil when the table does not have it.
  ///
  /// Binary search; where ordinals have no gaps, the first look finds it.
  public mutating func find(ordinal: UInt64) throws(CuveeError) -> DocumentRecord? {
    guard count > 0 else { return nil }
    let first = try stored(at: 0).fields.ordinal
    guard ordinal >= first else { return nil }
    // Ordinals rise by at least one, so the place is at most the distance from the first.
    var upper = Int(min(ordinal - first, UInt64(count - 1)))
    var lower = 0
    var middle = upper
    while lower <= upper {
      let found = try stored(at: middle).fields.ordinal
      if found == ordinal { return try record(at: middle) }
      if found < ordinal { lower = middle + 1 } else { upper = middle - 1 }
      middle = lower + (upper - lower) / 2
    }
    return nil
  }

  /// The document at a place in the table, without its id, and where the id lies.
  mutating func stored(at index: Int) throws(CuveeError) -> StoredDocument {
    guard index >= 0, index < count else {
      throw .badData("\(place): has \(count) documents, none at \(index)")
    }
    let start = UInt64(DocumentsWriter.headerBytes + index * StoredDocument.bytes)
    try documents.read(start..<start + UInt64(StoredDocument.bytes), into: &buffer)
    return StoredDocument(buffer.span, at: 0)
  }

  /// The bytes of all ids with their line feeds.
  var idBytes: UInt64 { ids.rawSize }
  /// The bytes of all edits.
  var editBytes: UInt64 { edits.rawSize }
}
