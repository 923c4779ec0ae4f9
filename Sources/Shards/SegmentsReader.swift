import Bytes
import Streams

/// Reads the segments of a shard's rows, in any order; the layout is `SegmentsWriter`'s.
public struct SegmentsReader: ~Copyable {
  private var file: SeekableZstdReader
  private let place: String
  /// For each row, the number of entries up to its end, `u32` little-endian.
  private let rowEnds: [UInt8]
  private var buffer: [UInt8] = []

  /// Opens a file of segments and reads its table of rows (4 bytes a row).
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - displayPath: The file's name for messages.
  /// - Throws: `CuveeError.missingInput` when there is no such file, `.badData` when it is not one
  ///   of segments.
  public init(path: String, displayPath: String) throws(CuveeError) {
    let place = displayPath
    var file = try SeekableZstdReader(path: path, displayPath: displayPath)
    var buffer: [UInt8] = []
    var rowEnds: [UInt8] = []
    let size = file.rawSize
    let fixed = UInt64(SegmentsWriter.headerBytes + SegmentsWriter.trailerBytes)
    guard size >= fixed else { throw .badData("\(place): too short for a file of segments") }
    try file.read(0..<UInt64(SegmentsWriter.headerBytes), into: &buffer)
    guard Array(buffer.prefix(8)) == SegmentsWriter.magic,
      buffer.loadLittleEndian(UInt32.self, at: 8) == SegmentsWriter.version,
      buffer.loadLittleEndian(UInt32.self, at: 12) == UInt32(SegmentRecord.bytes)
    else { throw .badData("\(place): not a file of segments of version \(SegmentsWriter.version)") }
    let trailer = size - UInt64(SegmentsWriter.trailerBytes)
    try file.read(trailer..<size, into: &buffer)
    let entries = buffer.loadLittleEndian(UInt64.self, at: 0)
    let rows = buffer.loadLittleEndian(UInt64.self, at: 8)
    guard entries <= UInt64(UInt32.max), rows <= UInt64(UInt32.max),
      size == fixed + entries * UInt64(SegmentRecord.bytes) + rows * 4
    else { throw .badData("\(place): its end says \(rows) rows, its size does not agree") }
    try file.read(trailer - rows * 4..<trailer, into: &rowEnds)
    try SegmentsReader.check(rowEnds, entries: entries, place: place)
    self.place = place
    self.rowEnds = rowEnds
    self.file = file
  }

  /// The rows of the shard.
  public var rows: Int { rowEnds.count / 4 }

  /// Reads the segments of one row, in the order of their place in the row.
  ///
  /// - Parameters:
  ///   - row: The row's ordinal in the shard.
  ///   - segments: Replaced by the segments.
  /// - Throws: `CuveeError.badData` for a row that the shard does not have and for damaged bytes.
  public mutating func read(
    row: Int, into segments: inout [SegmentRecord]
  ) throws(CuveeError) {
    guard row >= 0, row < rows else {
      throw .badData("\(place): has rows 0 to \(rows - 1), not \(row)")
    }
    segments.removeAll(keepingCapacity: true)
    let (first, end) = (row == 0 ? 0 : rowEnd(row - 1), rowEnd(row))
    guard first < end else { return }
    let start = UInt64(SegmentsWriter.headerBytes)
    let width = UInt64(SegmentRecord.bytes)
    try file.read(start + first * width..<start + end * width, into: &buffer)
    for index in 0..<Int(end - first) {
      segments.append(SegmentRecord(buffer.span, at: index * SegmentRecord.bytes))
    }
  }

  private func rowEnd(_ row: Int) -> UInt64 {
    UInt64(rowEnds.loadLittleEndian(UInt32.self, at: row * 4))
  }

  private static func check(
    _ rowEnds: [UInt8], entries: UInt64, place: String
  ) throws(CuveeError) {
    var previous: UInt64 = 0
    for row in 0..<rowEnds.count / 4 {
      let end = UInt64(rowEnds.loadLittleEndian(UInt32.self, at: row * 4))
      guard end >= previous else {
        throw .badData("\(place): the segments of row \(row) end before they begin")
      }
      previous = end
    }
    guard previous == entries else {
      throw .badData("\(place): \(entries) segments, but its rows have \(previous)")
    }
  }
}
