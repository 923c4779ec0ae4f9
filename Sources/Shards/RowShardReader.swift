import Bytes
import Streams

/// Reads the rows of one shard, in any order; reading them in their order is fast.
public struct RowShardReader: ~Copyable {
  private var file: SeekableZstdReader
  private let header: RowShardHeader
  private let place: String
  private var buffer: [UInt8] = []

  /// Opens a shard and checks its header.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - displayPath: The file's name for messages.
  /// - Throws: `CuveeError.missingInput` when there is no such file, `.badData` when it is not a
  ///   shard of rows.
  public init(path: String, displayPath: String) throws(CuveeError) {
    var file = try SeekableZstdReader(path: path, displayPath: displayPath)
    guard file.frameCount > 0 else { throw .badData("\(displayPath): an empty shard") }
    var bytes: [UInt8] = []
    try file.appendFrame(0, to: &bytes)
    header = try RowShardHeader(bytes.span, shardBytes: file.rawSize, place: displayPath)
    place = displayPath
    self.file = file
  }

  /// The rows of the shard.
  public var rows: Int { header.rows }

  /// The columns of the rows.
  public var columns: RowColumns { header.columns }

  /// Reads one row.
  ///
  /// - Parameters:
  ///   - row: The row's ordinal in the shard.
  ///   - tokens: Replaced by the row's tokens.
  /// - Returns: The row's number in the whole output and the index of its source.
  /// - Throws: `CuveeError.badData` for a row that the shard does not have and for damaged bytes.
  public mutating func read(
    row: Int, tokens: inout [UInt32]
  ) throws(CuveeError) -> (row: UInt64, source: UInt16) {
    guard row >= 0, row < rows else {
      throw .badData("\(place): has rows 0 to \(rows - 1), not \(row)")
    }
    let start = UInt64(header.size + row * columns.rowBytes)
    try file.read(start..<start + UInt64(columns.rowBytes), into: &buffer)
    let fields = RowFields(buffer.span, at: 0)
    tokens.removeAll(keepingCapacity: true)
    RowFields.appendTokens(of: buffer.span, at: 0, columns, to: &tokens)
    return (fields.row, fields.source)
  }
}

/// The fields of a row before its tokens, and the decoding of these.
struct RowFields {
  var row: UInt64
  var source: UInt16

  init(_ bytes: Span<UInt8>, at offset: Int) {
    row = bytes.loadLittleEndian(UInt64.self, at: offset)
    source = bytes.loadLittleEndian(UInt16.self, at: offset + 8)
  }

  static func appendTokens(
    of bytes: Span<UInt8>, at offset: Int, _ columns: RowColumns, to tokens: inout [UInt32]
  ) {
    let start = offset + RowColumns.tokensOffset
    switch columns.width {
    case .two:
      for at in stride(from: start, to: start + columns.tokenBytes, by: 2) {
        tokens.append(UInt32(bytes.loadLittleEndian(UInt16.self, at: at)))
      }
    case .four:
      for at in stride(from: start, to: start + columns.tokenBytes, by: 4) {
        tokens.append(bytes.loadLittleEndian(UInt32.self, at: at))
      }
    }
  }
}
