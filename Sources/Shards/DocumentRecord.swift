import Bytes

/// A document of the output and where it came from.
public struct DocumentRecord: Sendable, Equatable {
  /// The ordinal of the document in its source; segments name documents by it.
  public var ordinal: UInt64
  /// The index of the input file in the list of `inputs.zst`.
  public var file: UInt32
  /// The ordinal of the record in the file, from 0.
  public var record: UInt64
  /// The offset of the record's first byte in the file's uncompressed bytes.
  public var byteOffset: UInt64
  /// XXH3-128 of the text as it was tokenised.
  public var textHash: Hash128
  /// The tokens of the document, its end-of-document token included.
  public var tokens: UInt32
  /// The document's id.
  public var id: String
  /// What filters have changed of the text that was read: for each change its offset and length in
  /// that text and the length of what stands there now, as LEB128 numbers, and then these bytes.
  public var edits: [UInt8] = []

  /// Creates the record of a document.
  public init(
    ordinal: UInt64, file: UInt32, record: UInt64, byteOffset: UInt64, textHash: Hash128,
    tokens: UInt32, id: String = ""
  ) {
    self.ordinal = ordinal
    self.file = file
    self.record = record
    self.byteOffset = byteOffset
    self.textHash = textHash
    self.tokens = tokens
    self.id = id
  }
}

/// A document record as it lies on the disk: all but the id, and where the id is.
struct StoredDocument {
  /// The bytes of an entry: `u64 ordinal`, `u64 record`, `u64 byte offset`, `u64 text hash high`,
  /// `u64 text hash low`, `u64 id offset`, `u32 id bytes`, `u32 file`, `u32 tokens`,
  /// `u32 edit bytes`, `u64 edit offset`, little-endian.
  static let bytes = 72

  var fields: DocumentRecord
  var idOffset: UInt64
  var idBytes: UInt32
  var editOffset: UInt64
  var editBytes: UInt32

  init(
    fields: DocumentRecord, idOffset: UInt64, idBytes: UInt32, editOffset: UInt64,
    editBytes: UInt32
  ) {
    self.fields = fields
    self.idOffset = idOffset
    self.idBytes = idBytes
    self.editOffset = editOffset
    self.editBytes = editBytes
  }

  init(_ bytes: Span<UInt8>, at offset: Int) {
    fields = DocumentRecord(
      ordinal: bytes.loadLittleEndian(UInt64.self, at: offset),
      file: bytes.loadLittleEndian(UInt32.self, at: offset + 52),
      record: bytes.loadLittleEndian(UInt64.self, at: offset + 8),
      byteOffset: bytes.loadLittleEndian(UInt64.self, at: offset + 16),
      textHash: Hash128(
        high: bytes.loadLittleEndian(UInt64.self, at: offset + 24),
        low: bytes.loadLittleEndian(UInt64.self, at: offset + 32)),
      tokens: bytes.loadLittleEndian(UInt32.self, at: offset + 56))
    idOffset = bytes.loadLittleEndian(UInt64.self, at: offset + 40)
    idBytes = bytes.loadLittleEndian(UInt32.self, at: offset + 48)
    editBytes = bytes.loadLittleEndian(UInt32.self, at: offset + 60)
    editOffset = bytes.loadLittleEndian(UInt64.self, at: offset + 64)
  }

  func append(to bytes: inout [UInt8]) {
    bytes.appendLittleEndian(fields.ordinal)
    bytes.appendLittleEndian(fields.record)
    bytes.appendLittleEndian(fields.byteOffset)
    bytes.appendLittleEndian(fields.textHash.high)
    bytes.appendLittleEndian(fields.textHash.low)
    bytes.appendLittleEndian(idOffset)
    bytes.appendLittleEndian(idBytes)
    bytes.appendLittleEndian(fields.file)
    bytes.appendLittleEndian(fields.tokens)
    bytes.appendLittleEndian(editBytes)
    bytes.appendLittleEndian(editOffset)
  }
}
