import Bytes
import Documents

/// About 1 MiB of raw records, cut from one file or from several small ones in a row.
///
/// A batch is determined by the position where it starts, so that reading can go on from the
/// `end` of any batch and cut the same batches again. Batches are recycled.
public struct RecordBatch: ~Copyable, Sendable {
  /// One record: where it comes from, and where its bytes are.
  public struct Record: Sendable, Equatable {
    /// The record's file, ordinal and byte offset.
    public var origin: Origin
    /// The record's bytes in `bytes`, without the end of its line; empty where it is too large.
    public var range: Range<Int>
    /// Whether the record is larger than the limit, so that its bytes were not kept.
    public var tooLarge: Bool
    /// The index in `fileNames` of the name of its file.
    public var fileName: Int

    /// Creates a record.
    public init(origin: Origin, range: Range<Int>, tooLarge: Bool = false, fileName: Int) {
      self.origin = origin
      self.range = range
      self.tooLarge = tooLarge
      self.fileName = fileName
    }
  }

  /// The bytes of all records, with what lies between them and some padding after them.
  public internal(set) var bytes: [UInt8] = []
  /// The records.
  public internal(set) var records: [Record] = []
  /// The names (last path components) of the files that the records come from.
  public internal(set) var fileNames: [String] = []
  /// The limit on records in bytes; nil where there was none.
  public internal(set) var recordLimit: Int?
  /// Where the next batch starts.
  public internal(set) var end = ReadPosition.start

  /// Creates an empty batch.
  public init() {}

  /// Empties the batch and keeps its memory, unless a huge record made it large.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: bytes.capacity <= RecordBatch.largestKept)
    records.removeAll(keepingCapacity: true)
    fileNames.removeAll(keepingCapacity: true)
  }

  /// Gives the memory of the bytes back where a huge record made it large. Records then have none.
  mutating func giveBackHugeBytes() {
    if bytes.capacity > RecordBatch.largestKept { bytes = [] }
  }

  /// Appends a record whose bytes come from somewhere else than a file.
  public mutating func append(_ record: Span<UInt8>, origin: Origin, fileName: String = "") {
    if fileNames.last != fileName { fileNames.append(fileName) }
    let start = bytes.count
    bytes.append(record)
    records.append(
      Record(origin: origin, range: start..<bytes.count, fileName: fileNames.count - 1))
  }

  /// The capacity in bytes above which a recycled batch gives its memory back.
  private static let largestKept = 16 << 20

  /// simdjson reads up to 64 bytes past a record; with this padding no record has to be copied.
  static let padding = [UInt8](repeating: 0x20, count: 64)
}
