/// A place between two records of a list of files, from which reading can go on.
public struct ReadPosition: Codable, Sendable, Equatable {
  /// The index of the file in the list; the number of files at the end of everything.
  public var file: Int
  /// The offset of the next byte in the file's uncompressed bytes; 0 is the file's beginning, or
  /// the beginning of its range.
  public var byteOffset: UInt64
  /// The ordinal of the next record; not looked at where the offset is 0.
  public var record: UInt64

  /// Creates a position.
  public init(file: Int, byteOffset: UInt64, record: UInt64) {
    self.file = file
    self.byteOffset = byteOffset
    self.record = record
  }

  /// The beginning of the first file.
  public static let start = ReadPosition(file: 0, byteOffset: 0, record: 0)
}
