import Bytes
import Streams
import Testing

@testable import Shards

@Suite struct SegmentsTests {
  private func segment(_ index: Int) -> SegmentRecord {
    SegmentRecord(
      source: UInt16(index % 7), document: UInt64(index) << 33, offsetInDocument: UInt32(index),
      offsetInRow: UInt32(index * 3), length: UInt32.max - UInt32(index))
  }

  /// Rows without any segment, rows with many, and more than one frame of them.
  @Test(arguments: [[0], [3], [1, 0, 4, 0], [0, 0], [20_000, 1, 5_000], []])
  func everyRowIsReadBack(counts: [Int]) throws {
    let folder = try ShardsTestFolder()
    var writer = try SegmentsWriter(path: folder.file("s"), level: 1)
    var next = 0
    for count in counts {
      for index in next..<next + count { try writer.append(segment(index)) }
      next += count
      try writer.endRow()
    }
    let summary = try writer.finish()
    #expect(summary.rawBytes == UInt64(32 + 22 * next + 4 * counts.count))
    var reader = try SegmentsReader(path: folder.file("s"), displayPath: "s")
    #expect(reader.rows == counts.count)
    var segments: [SegmentRecord] = []
    for row in counts.indices.reversed() {
      next -= counts[row]
      try reader.read(row: row, into: &segments)
      #expect(segments == (next..<next + counts[row]).map(segment))
    }
    #expect(throws: CuveeError.self) { try reader.read(row: counts.count, into: &segments) }
  }

  @Test func theLayoutIsTheOneDescribed() throws {
    let folder = try ShardsTestFolder()
    var writer = try SegmentsWriter(path: folder.file("s"), level: 1)
    try writer.append(
      SegmentRecord(
        source: 0x0102, document: 0x0304_0506_0708_090A, offsetInDocument: 0x0B0C_0D0E,
        offsetInRow: 0x0F10_1112, length: 0x1314_1516))
    try writer.endRow()
    try writer.endRow()
    _ = try writer.finish()
    var reader = try SeekableZstdReader(path: folder.file("s"), displayPath: "s")
    var raw: [UInt8] = []
    try reader.read(0..<reader.rawSize, into: &raw)
    let expected =
      Array("CUVEESEG".utf8) + [1, 0, 0, 0, 22, 0, 0, 0]
      + [10, 9, 8, 7, 6, 5, 4, 3] + [14, 13, 12, 11] + [18, 17, 16, 15] + [22, 21, 20, 19] + [2, 1]
      + [1, 0, 0, 0, 1, 0, 0, 0] + [1, 0, 0, 0, 0, 0, 0, 0] + [2, 0, 0, 0, 0, 0, 0, 0]
    #expect(raw == expected)
  }

  /// Files that are seekable zstd but not sound segments.
  @Test func refusesOtherFiles() throws {
    let folder = try ShardsTestFolder()
    let header = Array("CUVEESEG".utf8) + [1, 0, 0, 0, 22, 0, 0, 0]
    let cases: [[UInt8]] = [
      [1, 2, 3], header + [UInt8](repeating: 0, count: 15),
      header + [UInt8](repeating: 0xFF, count: 16),
      Array("CUVEESEG".utf8) + [2, 0, 0, 0, 22, 0, 0, 0] + [UInt8](repeating: 0, count: 16),
      header + [1, 0, 0, 0] + [UInt8](repeating: 0, count: 8) + [1, 0, 0, 0, 0, 0, 0, 0],
    ]
    for raw in cases {
      var writer = try SeekableZstdWriter(path: folder.file("s"), level: 1)
      try writer.appendFrame(raw.span)
      _ = try writer.finish()
      #expect(throws: CuveeError.self) {
        _ = try SegmentsReader(path: folder.file("s"), displayPath: "s")
      }
    }
  }
}
