import Bytes
import Streams

/// `index.json`: MosaicML Streaming's list of the shards of a folder.
///
/// A client refuses a shard entry with a key that it does not know, so provenance stays in the
/// manifest.
public struct MDSIndex: Codable, Sendable, Equatable {
  /// The version of the format, 2.
  public var version = 2
  /// The shards, in their order.
  public var shards: [MDSShard]

  /// Creates an index of shards.
  public init(shards: [MDSShard]) { self.shards = shards }

  /// Writes the index under its final name.
  public func write(to path: String) throws(CuveeError) {
    let bytes = try encoded()
    try AtomicFile.write(bytes.span, to: path)
  }

  /// The bytes of the index.
  func encoded() throws(CuveeError) -> [UInt8] { try StableJSON.pretty(self) }

  /// Reads an index.
  ///
  /// - Throws: `CuveeError.missingInput` when there is none, `.badData` when it is not one.
  public static func read(path: String, displayPath: String) throws(CuveeError) -> MDSIndex {
    try StableJSON.decode(MDSIndex.self, from: FileSystem.readFile(path), place: displayPath)
  }
}

/// One shard of an `index.json`.
public struct MDSShard: Codable, Sendable, Equatable {
  var columnEncodings: [String]
  var columnNames: [String]
  var columnSizes: [Int]
  var compression: String
  var format: String
  var hashes: [String]
  var rawData: MDSFile
  var samples: Int
  var sizeLimit: UInt64
  var version: Int
  var zipData: MDSFile

  enum CodingKeys: String, CodingKey {
    case columnEncodings = "column_encodings"
    case columnNames = "column_names"
    case columnSizes = "column_sizes"
    case compression, format, hashes
    case rawData = "raw_data"
    case samples
    case sizeLimit = "size_limit"
    case version
    case zipData = "zip_data"
  }

  /// Creates the entry of a shard.
  ///
  /// - Parameters:
  ///   - file: The shard's file; its path is taken relative to the folder of the index.
  ///   - basename: That path.
  ///   - rows: The rows of the shard.
  ///   - columns: The columns of the rows.
  ///   - sizeLimit: The greatest size of an uncompressed shard, in bytes.
  ///   - level: zstd's compression level.
  public init(
    file: FileEntry, basename: String, rows: Int, columns: RowColumns, sizeLimit: UInt64,
    level: Int32
  ) {
    let configuration = MDSConfiguration(columns: columns, sizeLimit: sizeLimit, level: level)
    columnEncodings = configuration.columnEncodings
    columnNames = configuration.columnNames
    columnSizes = configuration.columnSizes
    compression = configuration.compression
    format = configuration.format
    hashes = configuration.hashes
    samples = rows
    self.sizeLimit = sizeLimit
    version = configuration.version
    zipData = MDSFile(
      basename: basename, bytes: file.compressedBytes,
      hashes: ["sha256": file.compressedSHA256.hex, "xxh64": file.compressedXXH64])
    rawData = MDSFile(
      basename: OutputLayout.inflatedName(of: basename), bytes: file.rawBytes,
      hashes: ["sha256": file.rawSHA256.hex, "xxh64": file.rawXXH64])
  }
}

/// One file of a shard of an `index.json`.
public struct MDSFile: Codable, Sendable, Equatable {
  /// The path of the file relative to the folder of the index.
  public var basename: String
  /// The size of the file.
  public var bytes: UInt64
  /// Hexadecimal hashes of the file by the name of the algorithm.
  public var hashes: [String: String]
}
