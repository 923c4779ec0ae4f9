import Bytes

/// The first bytes of an MDS shard: how many rows, where each begins, and the configuration.
///
/// MosaicML Streaming's layout, all little-endian: `u32 rows`, `u32 offset` of each row from the
/// start of the file and of the end of the last, then the configuration as JSON with sorted keys.
/// The rows follow at the first offset.
struct RowShardHeader: Equatable, Sendable {
  var rows: Int
  var configuration: MDSConfiguration
  var columns: RowColumns
  /// The offset of the first row: the size of the header.
  var size: Int

  /// The header of a shard of so many rows.
  ///
  /// - Throws: `CuveeError.failed` when there is no row, or when offsets of 32 bits are too small.
  init(
    columns: RowColumns, rows: Int, sizeLimit: UInt64, level: Int32
  ) throws(CuveeError) {
    guard rows > 0 else { throw .failed("a shard needs at least one row") }
    configuration = MDSConfiguration(columns: columns, sizeLimit: sizeLimit, level: level)
    self.rows = rows
    self.columns = columns
    let json = try StableJSON.compact(configuration).count
    let (bytes, overflow) = rows.multipliedReportingOverflow(by: columns.rowBytes + 4)
    guard !overflow, bytes + 8 + json <= Int(UInt32.max) else {
      throw .failed(
        "a shard of \(rows) rows of \(columns.rowBytes) bytes passes the 4 GiB that the MDS format"
          + " can hold; make shard_size smaller")
    }
    size = 4 * (rows + 2) + json
  }

  /// The bytes of the header.
  func encoded() throws(CuveeError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    bytes.appendLittleEndian(UInt32(rows))
    for row in 0...rows { bytes.appendLittleEndian(UInt32(size + row * columns.rowBytes)) }
    bytes += try StableJSON.compact(configuration)
    return bytes
  }

  /// Reads the header of a shard written by `RowShardWriter`.
  ///
  /// - Parameters:
  ///   - bytes: At least the header; what follows it is not looked at.
  ///   - shardBytes: The uncompressed size of the whole shard.
  ///   - place: The shard's name for messages.
  /// - Throws: `CuveeError.badData` when it is not such a header.
  init(_ bytes: Span<UInt8>, shardBytes: UInt64, place: String) throws(CuveeError) {
    guard bytes.count >= 8 else { throw .badData("\(place): too short for an MDS shard") }
    let rows = Int(bytes.loadLittleEndian(UInt32.self, at: 0))
    let size = Int(bytes.loadLittleEndian(UInt32.self, at: 4))
    guard rows > 0, size >= 4 * (rows + 2), size <= bytes.count else {
      throw .badData(
        "\(place): the MDS header says \(rows) rows from byte \(size), impossible here")
    }
    var json: [UInt8] = []
    json.append(bytes, from: 4 * (rows + 2), to: size)
    configuration = try StableJSON.decode(MDSConfiguration.self, from: json, place: place)
    guard let columns = configuration.columns else {
      throw .badData("\(place): an MDS shard, but its columns are not row, source and tokens")
    }
    self.rows = rows
    self.columns = columns
    self.size = size
    for row in 0...rows {
      let offset = Int(bytes.loadLittleEndian(UInt32.self, at: 4 * (row + 1)))
      guard offset == size + row * columns.rowBytes else {
        throw .badData("\(place): row \(row) begins at byte \(offset), not where its size says")
      }
    }
    guard shardBytes == UInt64(size + rows * columns.rowBytes) else {
      throw .badData(
        "\(place): \(shardBytes) bytes, but its header says \(size + rows * columns.rowBytes)")
    }
  }
}
