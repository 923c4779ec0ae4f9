import Bytes
import Streams

/// Writes the segments of one shard: `segments.NNNNN.zst`.
///
/// A file in the zstd seekable format whose uncompressed bytes are, little-endian:
///
/// | bytes | content |
/// | --- | --- |
/// | 16 | `CUVEESEG`, `u32` version 1, `u32` bytes of an entry (22) |
/// | 22 each | the entries (`SegmentRecord`), row after row, in the order of their place in the row |
/// | 4 each | for each row, the number of entries up to its end |
/// | 16 | `u64` entries, `u64` rows |
public struct SegmentsWriter: ~Copyable {
  static let magic = Array("CUVEESEG".utf8)
  static let version: UInt32 = 1
  static let headerBytes = 16
  static let trailerBytes = 16

  private var file: FramedFile
  private let path: String
  private var entries: UInt64 = 0
  private var rowEnds: [UInt8] = []

  /// Creates the file.
  ///
  /// - Parameters:
  ///   - path: The file to make.
  ///   - level: zstd's compression level.
  /// - Throws: `CuveeError.io` when the file cannot be written.
  public init(path: String, level: Int32) throws(CuveeError) {
    self.path = path
    file = try FramedFile(path: path, level: level)
    file.pending = SegmentsWriter.magic
    file.pending.appendLittleEndian(SegmentsWriter.version)
    file.pending.appendLittleEndian(UInt32(SegmentRecord.bytes))
  }

  /// Appends the next segment of the current row.
  public mutating func append(_ segment: SegmentRecord) throws(CuveeError) {
    segment.append(to: &file.pending)
    entries += 1
    try file.endEntry()
  }

  /// Ends the current row; the next segment belongs to the next row.
  ///
  /// - Throws: `CuveeError.failed` for more than 2^32 - 1 segments.
  public mutating func endRow() throws(CuveeError) {
    guard let end = UInt32(exactly: entries) else {
      throw .failed("\(path): more than \(UInt32.max) segments; make shard_size smaller")
    }
    rowEnds.appendLittleEndian(end)
  }

  /// Ends the file and brings it to the disk.
  ///
  /// - Returns: Sizes and digests of the file, uncompressed and compressed.
  public mutating func finish() throws(CuveeError) -> SeekableZstdSummary {
    let rows = rowEnds.count / 4
    rowEnds.appendLittleEndian(entries)
    rowEnds.appendLittleEndian(UInt64(rows))
    try file.endFrame()
    file.pending = rowEnds
    return try file.finish()
  }
}
