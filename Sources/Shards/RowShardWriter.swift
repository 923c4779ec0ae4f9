import Bytes
import Streams

/// Rows that make one frame of a shard.
public struct RowFrame: Sendable {
  private let columns: RowColumns
  /// The rows as the shard has them.
  public private(set) var bytes: [UInt8] = []
  /// The number of rows.
  public private(set) var count = 0

  /// Creates a frame of no rows.
  public init(columns: RowColumns) {
    self.columns = columns
    bytes.reserveCapacity(columns.rowsPerFrame * columns.rowBytes)
  }

  /// Whether no row goes in any more.
  public var isFull: Bool { count == columns.rowsPerFrame }

  /// Appends the next row.
  ///
  /// - Parameters:
  ///   - row: The row's number in the whole output.
  ///   - source: The index of the row's source in the manifest's list.
  ///   - tokens: The row's tokens, little-endian, `columns.tokenBytes` bytes.
  /// - Throws: `CuveeError.failed` for tokens of another size.
  public mutating func append(
    row: UInt64, source: UInt16, tokens: Span<UInt8>
  ) throws(CuveeError) {
    guard tokens.count == columns.tokenBytes else {
      throw .failed(
        "row \(row) has \(tokens.count) bytes of tokens instead of \(columns.tokenBytes)")
    }
    bytes.appendLittleEndian(row)
    bytes.appendLittleEndian(source)
    bytes.append(tokens)
    count += 1
  }
}

/// Writes one shard: an MDS shard inside the zstd seekable format.
///
/// Frame 0 is the MDS header (`RowShardHeader`); then come frames of whole rows, about 256 KiB
/// each. MosaicML Streaming inflates the file as it is; a reader of Cuvee's opens only the frame of
/// the row that it wants.
public struct RowShardWriter: ~Copyable {
  private var file: FramedFile
  private let columns: RowColumns
  private let rows: Int
  private let path: String
  private var written = 0

  /// Creates the file and writes its header.
  ///
  /// - Parameters:
  ///   - path: The file to make.
  ///   - columns: The columns of the rows.
  ///   - rows: How many rows will be appended; MDS wants to know before the first.
  ///   - sizeLimit: The greatest size of an uncompressed shard in bytes, as the index states it.
  ///   - level: zstd's compression level.
  /// - Throws: `CuveeError.io` when the file cannot be written, `.failed` for a shard of no rows
  ///   or of more than the 4 GiB that MDS can hold.
  public init(
    path: String, columns: RowColumns, rows: Int, sizeLimit: UInt64, level: Int32
  ) throws(CuveeError) {
    let header = try RowShardHeader(
      columns: columns, rows: rows, sizeLimit: sizeLimit, level: level
    ).encoded()
    var file = try FramedFile(
      path: path, level: level, limit: columns.rowsPerFrame * columns.rowBytes)
    file.pending = header
    try file.endFrame()
    self.columns = columns
    self.rows = rows
    self.path = path
    self.file = file
  }

  /// Appends the next frame of rows, compressed elsewhere, for instance on another thread.
  ///
  /// - Parameters:
  ///   - frame: The frame, as `ZstdCompressor` of the writer's level has made it of `rows.bytes`.
  ///   - rows: The rows; as many as a frame has, but for the last frame.
  /// - Throws: `CuveeError.io` when writing fails, `.failed` for a frame of another size or a row
  ///   too many.
  public mutating func append(
    frame: Span<UInt8>, of rows: RowFrame
  ) throws(CuveeError) {
    let expected = min(columns.rowsPerFrame, self.rows - written)
    guard rows.count == expected, expected > 0 else {
      throw .failed(
        "\(path): a frame of \(rows.count) rows does not fit after \(written) rows of \(self.rows)")
    }
    try file.append(compressedFrame: frame, raw: rows.bytes.span)
    written += rows.count
  }

  /// Ends the shard and brings it to the disk.
  ///
  /// - Returns: Sizes and digests of the shard, uncompressed and compressed.
  /// - Throws: `CuveeError.io` when writing fails, `.failed` when rows are missing.
  public mutating func finish() throws(CuveeError) -> SeekableZstdSummary {
    guard written == rows else {
      throw .failed("\(path): \(written) rows were written of \(rows)")
    }
    return try file.finish()
  }
}
