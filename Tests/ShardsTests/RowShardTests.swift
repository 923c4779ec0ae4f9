import Bytes
import Foundation
import Streams
import Testing

@testable import Shards

/// The shard of three rows that MosaicML Streaming 0.13.0's `MDSWriter` wrote, inflated: tokens
/// `ndarray:uint16:4` counting from 0, source i % 2, row 100 + i.
private let clientsShard = bytes(
  hex: """
    03000000090100001b0100002d0100003f0100007b22636f6c756d6e5f656e636f64696e6773223a205b22696e7436\
    34222c202275696e743136222c20226e6461727261793a75696e7431363a34225d2c2022636f6c756d6e5f6e616d65\
    73223a205b22726f77222c2022736f75726365222c2022746f6b656e73225d2c2022636f6c756d6e5f73697a657322\
    3a205b382c20322c20385d2c2022636f6d7072657373696f6e223a20227a7374643a33222c2022666f726d6174223a\
    20226d6473222c2022686173686573223a205b22736861323536222c20227878683634225d2c202273697a655f6c69\
    6d6974223a203236383433353435362c202276657273696f6e223a20327d6400000000000000000000000100020003\
    0065000000000000000100040005000600070066000000000000000000080009000a000b00
    """)

@Suite struct RowShardTests {
  @Test func readsTheHeaderOfMosaicMLStreaming() throws {
    let header = try RowShardHeader(
      clientsShard.span, shardBytes: UInt64(clientsShard.count), place: "x")
    let ours = try RowShardHeader(
      columns: RowColumns(sequenceLength: 4, width: .two), rows: 3, sizeLimit: 1 << 28, level: 3)
    #expect(header.configuration == ours.configuration)
    #expect(header.rows == 3)
    #expect(header.size == 0x109)
  }

  @Test func writesTheRowsOfMosaicMLStreaming() throws {
    let folder = try ShardsTestFolder()
    let path = folder.file("shard")
    var writer = try TestShardWriter(
      path: path, columns: RowColumns(sequenceLength: 4, width: .two), rows: 3,
      sizeLimit: 1 << 28, level: 3)
    for row in 0..<3 {
      var tokens: [UInt8] = []
      for token in 4 * row..<4 * row + 4 { tokens.appendLittleEndian(UInt16(token)) }
      try writer.append(row: UInt64(100 + row), source: UInt16(row % 2), tokens: tokens.span)
    }
    let summary = try writer.finish()
    var reader = try SeekableZstdReader(path: path, displayPath: "shard")
    var raw: [UInt8] = []
    try reader.read(0..<reader.rawSize, into: &raw)
    let header = try RowShardHeader(raw.span, shardBytes: reader.rawSize, place: "x")
    #expect(Array(raw[header.size...]) == Array(clientsShard[0x109...]))
    #expect(summary.rawXXH64 == Hexadecimal.string(StableHash.xxh64(raw.span)))
    #expect(summary.rawBytes == UInt64(raw.count))
  }

  @Test(arguments: [TokenWidth.two, .four])
  func readsEveryRowInAnyOrder(width: TokenWidth) throws {
    let folder = try ShardsTestFolder()
    // 40 rows of 16 KiB and more: several frames.
    let columns = RowColumns(sequenceLength: 16_384 / width.rawValue, width: width)
    var writer = try TestShardWriter(
      path: folder.file("shard"), columns: columns, rows: 40, sizeLimit: 1 << 28, level: 1)
    func token(_ row: Int, _ index: Int) -> UInt32 {
      UInt32(truncatingIfNeeded: row * 40_503 + index) & (width == .two ? 0xFFFF : .max)
    }
    for row in 0..<40 {
      var tokens: [UInt8] = []
      for index in 0..<columns.sequenceLength {
        if width == .two {
          tokens.appendLittleEndian(UInt16(token(row, index)))
        } else {
          tokens.appendLittleEndian(token(row, index))
        }
      }
      try writer.append(row: UInt64(row + 7), source: UInt16(row % 3), tokens: tokens.span)
    }
    #expect(
      try writer.finish().frames == 1 + (40 + columns.rowsPerFrame - 1) / columns.rowsPerFrame)
    var reader = try RowShardReader(path: folder.file("shard"), displayPath: "shard")
    #expect(reader.rows == 40)
    #expect(reader.columns == columns)
    var tokens: [UInt32] = []
    for row in [0, 39, 17, 15, 16, 31, 38] {
      let fields = try reader.read(row: row, tokens: &tokens)
      #expect(fields.row == UInt64(row + 7))
      #expect(fields.source == UInt16(row % 3))
      #expect(tokens == (0..<columns.sequenceLength).map { token(row, $0) })
    }
    #expect(throws: CuveeError.self) { _ = try reader.read(row: 40, tokens: &tokens) }
    #expect(throws: CuveeError.self) { _ = try reader.read(row: -1, tokens: &tokens) }
  }

  @Test func refusesWhatDoesNotFit() throws {
    let folder = try ShardsTestFolder()
    let columns = RowColumns(sequenceLength: 2, width: .two)
    let path = folder.file("shard")
    #expect(throws: CuveeError.self) {
      _ = try RowShardWriter(path: path, columns: columns, rows: 0, sizeLimit: 1, level: 3)
    }
    #expect(throws: CuveeError.self) {
      _ = try RowShardWriter(path: path, columns: columns, rows: 1 << 29, sizeLimit: 1, level: 3)
    }
    var rows = RowFrame(columns: columns)
    let (short, exact): ([UInt8], [UInt8]) = ([1, 2, 3], [1, 2, 3, 4])
    #expect(throws: CuveeError.self) { try rows.append(row: 0, source: 0, tokens: short.span) }
    var writer = try RowShardWriter(path: path, columns: columns, rows: 1, sizeLimit: 1, level: 3)
    var compressor = ZstdCompressor(level: 3)
    var frame: [UInt8] = []
    try compressor.appendFrame(of: rows.bytes.span, to: &frame)
    #expect(throws: CuveeError.self) { try writer.append(frame: frame.span, of: rows) }
    #expect(throws: CuveeError.self) { _ = try writer.finish() }
    try rows.append(row: 0, source: 0, tokens: exact.span)
    // The frame is still that of no rows.
    #expect(throws: CuveeError.self) { try writer.append(frame: frame.span, of: rows) }
    frame = []
    try compressor.appendFrame(of: rows.bytes.span, to: &frame)
    try writer.append(frame: frame.span, of: rows)
    #expect(throws: CuveeError.self) { try writer.append(frame: frame.span, of: rows) }
    _ = try writer.finish()
  }

  /// No damage to a header may be read as sound or stop the program.
  @Test func everyDamagedHeaderByteIsNoticed() throws {
    let sound = try RowShardHeader(
      clientsShard.span, shardBytes: UInt64(clientsShard.count), place: "x")
    for index in 0..<sound.size {
      for change in [UInt8(0x01), 0x80, 0xFF] {
        var damaged = clientsShard
        damaged[index] ^= change
        let size = UInt64(damaged.count)
        let header = try? RowShardHeader(damaged.span, shardBytes: size, place: "x")
        // Only the configuration's own values may differ and still be a header.
        #expect(header?.configuration != sound.configuration || header == nil)
      }
    }
    for length in 0..<clientsShard.count {
      let cut = Array(clientsShard[..<length])
      #expect(throws: CuveeError.self) {
        _ = try RowShardHeader(cut.span, shardBytes: UInt64(length), place: "x")
      }
    }
  }
}
