/// Where a document comes from: one record of one input file.
public struct Origin: Sendable, Equatable, BitwiseCopyable {
  /// The ordinal of the file in its source's list of inputs.
  public var file: UInt32
  /// The ordinal of the record in its file, from 0. Of a file whose one record holds many
  /// documents (Natural Instructions), the ordinal of the document.
  public var record: UInt64
  /// The offset of the record's first byte in the file's uncompressed bytes.
  public var byteOffset: UInt64

  /// Creates an origin.
  public init(file: UInt32, record: UInt64, byteOffset: UInt64) {
    self.file = file
    self.record = record
    self.byteOffset = byteOffset
  }
}
