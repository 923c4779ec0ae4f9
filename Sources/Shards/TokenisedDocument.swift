import Bytes

/// A document of a token part: where its tokens lie, and where its text came from.
///
/// On disk 76 bytes, little-endian: token start u64, tokens u32, file u32, record u64, byte offset
/// u64, text hash u64 high, u64 low, id start u64, id bytes u32, ordinal in the text part u32, edit
/// start u64, edit bytes u32.
public struct TokenisedDocument: Sendable, Equatable, BitwiseCopyable {
  /// The bytes of a document on disk.
  public static let size = 76

  /// The first of its tokens in the token part.
  public var tokenStart: UInt64 = 0
  /// The number of its tokens, the end-of-document token included.
  public var tokens: UInt32 = 0
  /// The ordinal of its file in its input part.
  public var file: UInt32 = 0
  /// The ordinal of its record in the file.
  public var record: UInt64 = 0
  /// The offset of its record in the file's uncompressed bytes.
  public var byteOffset: UInt64 = 0
  /// XXH3-128 of its text.
  public var textHash = Hash128(high: 0, low: 0)
  /// The first byte of its id in the ids file.
  public var idStart: UInt64 = 0
  /// The bytes of its id.
  public var idBytes: UInt32 = 0
  /// Its ordinal in the text part that was tokenised.
  public var ordinal: UInt32 = 0

  /// The first byte of its edits in the edits file.
  public var editStart: UInt64 = 0
  /// The bytes of its edits; 0 where its text is as it was read.
  public var editBytes: UInt32 = 0

  /// Creates a document of no tokens.
  public init() {}

  /// Reads a document from its bytes.
  ///
  /// - Precondition: `size` bytes lie at the offset.
  public init(_ bytes: Span<UInt8>, at offset: Int) {
    tokenStart = bytes.loadLittleEndian(UInt64.self, at: offset)
    tokens = bytes.loadLittleEndian(UInt32.self, at: offset + 8)
    file = bytes.loadLittleEndian(UInt32.self, at: offset + 12)
    record = bytes.loadLittleEndian(UInt64.self, at: offset + 16)
    byteOffset = bytes.loadLittleEndian(UInt64.self, at: offset + 24)
    textHash = Hash128(
      high: bytes.loadLittleEndian(UInt64.self, at: offset + 32),
      low: bytes.loadLittleEndian(UInt64.self, at: offset + 40))
    idStart = bytes.loadLittleEndian(UInt64.self, at: offset + 48)
    idBytes = bytes.loadLittleEndian(UInt32.self, at: offset + 56)
    ordinal = bytes.loadLittleEndian(UInt32.self, at: offset + 60)
    editStart = bytes.loadLittleEndian(UInt64.self, at: offset + 64)
    editBytes = bytes.loadLittleEndian(UInt32.self, at: offset + 72)
  }

  /// Appends the bytes of the document.
  public func append(to bytes: inout [UInt8]) {
    bytes.appendLittleEndian(tokenStart)
    bytes.appendLittleEndian(tokens)
    bytes.appendLittleEndian(file)
    bytes.appendLittleEndian(record)
    bytes.appendLittleEndian(byteOffset)
    bytes.appendLittleEndian(textHash.high)
    bytes.appendLittleEndian(textHash.low)
    bytes.appendLittleEndian(idStart)
    bytes.appendLittleEndian(idBytes)
    bytes.appendLittleEndian(ordinal)
    bytes.appendLittleEndian(editStart)
    bytes.appendLittleEndian(editBytes)
  }
}
