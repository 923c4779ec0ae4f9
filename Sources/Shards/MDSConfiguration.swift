/// What an MDS shard says about itself: the JSON after the offsets in its header.
///
/// The keys are MosaicML Streaming's; it wants exactly these.
struct MDSConfiguration: Codable, Equatable, Sendable {
  var columnEncodings: [String]
  var columnNames: [String]
  var columnSizes: [Int]
  var compression: String
  var format: String
  var hashes: [String]
  var sizeLimit: UInt64
  var version: Int

  enum CodingKeys: String, CodingKey {
    case columnEncodings = "column_encodings"
    case columnNames = "column_names"
    case columnSizes = "column_sizes"
    case compression, format, hashes
    case sizeLimit = "size_limit"
    case version
  }

  /// The hashes that the index gives for every file; a client picks one with `validate_hash`.
  static let hashNames = ["sha256", "xxh64"]

  /// The configuration of a shard of rows.
  ///
  /// - Parameters:
  ///   - columns: The columns of the rows.
  ///   - sizeLimit: The greatest size of an uncompressed shard, in bytes.
  ///   - level: zstd's compression level.
  init(columns: RowColumns, sizeLimit: UInt64, level: Int32) {
    columnEncodings = columns.encodings
    columnNames = columns.names
    columnSizes = columns.sizes
    compression = "zstd:\(level)"
    format = "mds"
    hashes = MDSConfiguration.hashNames
    self.sizeLimit = sizeLimit
    version = 2
  }

  /// The columns, or nil when they are not those of Cuvee's rows.
  var columns: RowColumns? {
    guard format == "mds", version == 2 else { return nil }
    return RowColumns(names: columnNames, encodings: columnEncodings, sizes: columnSizes)
  }
}
