import Bytes
import Streams

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

  /// Appends the next row.
  ///
  /// - Parameters:
  ///   - row: The row's number in the whole output.
  ///   - source: The index of the row's source in the manifest's list.
  ///   - tokens: The row's tokens, little-endian, `columns.tokenBytes` bytes.
  /// - Throws: `CuveeError.io` when writing fails, `.failed` for tokens of another size or a row
  ///   too many.
  public mutating func append(
    row: UInt64, source: UInt16, tokens: Span<UInt8>
  ) throws(CuveeError) {
    guard tokens.count == columns.tokenBytes, written < rows else {
      throw .failed(
        "\(path): row \(row) of \(tokens.count) bytes of tokens does not fit a shard of \(rows)"
          + " rows of \(columns.tokenBytes)")
    }
    file.pending.appendLittleEndian(row)
    file.pending.appendLittleEndian(source)
    file.pending.append(tokens)
    written += 1
    try file.endEntry()
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
