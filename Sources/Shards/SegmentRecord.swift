import Bytes

/// The stretch of one document inside one row, in tokens, before the row's objective.
public struct SegmentRecord: Sendable, Equatable {
  /// The index of the source in the manifest's list.
  public var source: UInt16
  /// The ordinal of the document in the source's table of documents.
  public var document: UInt64
  /// The first token of the stretch in the document.
  public var offsetInDocument: UInt32
  /// The first token of the stretch in the row.
  public var offsetInRow: UInt32
  /// The tokens of the stretch.
  public var length: UInt32

  /// Creates a segment.
  public init(
    source: UInt16, document: UInt64, offsetInDocument: UInt32, offsetInRow: UInt32, length: UInt32
  ) {
    self.source = source
    self.document = document
    self.offsetInDocument = offsetInDocument
    self.offsetInRow = offsetInRow
    self.length = length
  }

  /// The bytes of an entry in a file of segments: `u64 document`, `u32 offset in document`,
  /// `u32 offset in row`, `u32 length`, `u16 source`, little-endian.
  static let bytes = 22

  init(_ bytes: Span<UInt8>, at offset: Int) {
    document = bytes.loadLittleEndian(UInt64.self, at: offset)
    offsetInDocument = bytes.loadLittleEndian(UInt32.self, at: offset + 8)
    offsetInRow = bytes.loadLittleEndian(UInt32.self, at: offset + 12)
    length = bytes.loadLittleEndian(UInt32.self, at: offset + 16)
    source = bytes.loadLittleEndian(UInt16.self, at: offset + 20)
  }

  func append(to bytes: inout [UInt8]) {
    bytes.appendLittleEndian(document)
    bytes.appendLittleEndian(offsetInDocument)
    bytes.appendLittleEndian(offsetInRow)
    bytes.appendLittleEndian(length)
    bytes.appendLittleEndian(source)
  }
}
