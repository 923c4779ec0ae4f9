import Bytes
import Shards
import Streams

/// Writes a shard row by row, on one thread: what the tests hold the frames of write against.
struct TestShardWriter: ~Copyable {
  private let columns: RowColumns
  private var writer: RowShardWriter
  private var compressor: ZstdCompressor
  private var rows: RowFrame

  init(
    path: String, columns: RowColumns, rows: Int, sizeLimit: UInt64, level: Int32
  ) throws(CuveeError) {
    self.columns = columns
    writer = try RowShardWriter(
      path: path, columns: columns, rows: rows, sizeLimit: sizeLimit, level: level)
    compressor = ZstdCompressor(level: level)
    self.rows = RowFrame(columns: columns)
  }

  mutating func append(
    row: UInt64, source: UInt16, tokens: Span<UInt8>
  ) throws(CuveeError) {
    try rows.append(row: row, source: source, tokens: tokens)
    if rows.isFull { try flush() }
  }

  private mutating func flush() throws(CuveeError) {
    var frame: [UInt8] = []
    let bytes = rows.bytes
    try compressor.appendFrame(of: bytes.span, to: &frame)
    try writer.append(frame: frame.span, of: rows)
    rows = RowFrame(columns: columns)
  }

  mutating func finish() throws(CuveeError) -> SeekableZstdSummary {
    if rows.count > 0 { try flush() }
    return try writer.finish()
  }
}
