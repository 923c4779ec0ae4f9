import Bytes
import Shards
import Streams

/// What write says of one shard.
struct WriteFacts: Codable, Sendable {
  var shard: SeekableZstdSummary
  var segments: SeekableZstdSummary
  var rowsBySource: [Int]
}

/// A source's rows as a shard needs them.
struct RowSupply: Sendable {
  let rowsPerEpoch: Int
  /// The key of the shuffle of each epoch that is there.
  let epochs: [Digest]
}

/// Writes one shard with its segments: merges the sources' rows in the order of the mixture.
struct WriteUnit: KeyedUnit {
  typealias Facts = WriteFacts
  static let stage = Stage.write
  static let shardFile = "shard.mds.zstd"
  static let segmentsFile = "segments.zst"

  let label: String
  /// The digest of all that determines the shard.
  let key: Digest
  private let shard: MixFacts.Shard
  private let mixFolder: String
  private let supplies: [RowSupply]
  private let columns: RowColumns
  private let sizeLimit: UInt64
  private let level: Int32
  /// The next row of every source at the shard's start.
  private let cursors: [UInt64]
  private let rowsBySource: [Int]

  /// Creates the unit of a shard.
  ///
  /// - Parameters:
  ///   - ordinal: The shard's ordinal in the whole mixture.
  ///   - mix: The order.
  ///   - mixFolder: Where the order lies.
  ///   - supplies: The rows of every source.
  ///   - sizeLimit: The greatest size of an uncompressed shard.
  ///   - level: zstd's compression level.
  /// - Throws: `io` when the order cannot be read.
  init(
    ordinal: Int, mix: FinishedMix, mixFolder: String, supplies: [RowSupply], sizeLimit: UInt64,
    level: Int32
  ) throws(CuveeError) {
    label = "shard \(ordinal)"
    shard = mix.facts.shards[ordinal]
    self.mixFolder = mixFolder
    self.supplies = supplies
    columns = mix.columns
    self.sizeLimit = sizeLimit
    self.level = level
    let order = try Self.order(of: shard, in: mixFolder)
    let cursorsFile = try RandomAccessFile(path: mixFolder + "/" + MixUnit.cursorsFile)
    var cursorBytes: [UInt8] = []
    let size = supplies.count * 8
    try cursorsFile.read(at: UInt64(ordinal * size), count: size, appendingTo: &cursorBytes)
    cursors = supplies.indices.map { cursorBytes.loadLittleEndian(UInt64.self, at: $0 * 8) }
    var rows = [Int](repeating: 0, count: supplies.count)
    for index in 0..<shard.rows {
      rows[Int(order.loadLittleEndian(UInt16.self, at: index * 2))] += 1
    }
    rowsBySource = rows

    var key = KeyBuilder("write", version: ToolVersion.formats)
    key.add("firstRow", shard.firstRow)
    key.add("order", Digest.sha256(order.span))
    for (source, supply) in supplies.enumerated() where rows[source] > 0 {
      key.add("source", source)
      key.add("cursor", cursors[source])
      key.add("rowsPerEpoch", supply.rowsPerEpoch)
      let first = Int(cursors[source]) / supply.rowsPerEpoch
      let last = (Int(cursors[source]) + rows[source] - 1) / supply.rowsPerEpoch
      key.add("epoch", Array(supply.epochs[first...last]))
    }
    key.add("sequenceLength", columns.sequenceLength)
    key.add("width", columns.width.rawValue)
    key.add("sizeLimit", sizeLimit)
    key.add("level", level)
    key.add("zstd", ZstdLibrary.version)
    self.key = key.key
  }

  var size: UInt64 { UInt64(shard.rows * columns.rowBytes) }

  /// The sources of a shard's rows (u16, little-endian).
  private static func order(
    of shard: MixFacts.Shard, in folder: String
  ) throws(CuveeError) -> [UInt8] {
    let file = try RandomAccessFile(path: folder + "/" + MixUnit.orderFile)
    var order: [UInt8] = []
    try file.read(at: shard.firstRow * 2, count: shard.rows * 2, appendingTo: &order)
    return order
  }

  func produce(
    into folder: String, _ environment: UnitEnvironment
  ) throws(CuveeError) -> WriteFacts {
    let order = try Self.order(of: shard, in: mixFolder)
    let active = max(1, rowsBySource.count { $0 > 0 })
    let rowsAhead = min(64, (16 << 20) / (active * columns.rowBytes))
    var merger = RowMerger(
      cache: environment.cache, supplies: supplies, cursors: cursors, columns: columns,
      rowsAhead: rowsAhead)
    var writer = try RowShardWriter(
      path: folder + "/" + Self.shardFile, columns: columns, rows: shard.rows,
      sizeLimit: sizeLimit, level: level)
    var segments = try SegmentsWriter(
      path: folder + "/" + Self.segmentsFile, level: level)
    var tokens: [UInt8] = []
    var pieces: [RowPiece] = []
    for index in 0..<shard.rows {
      let source = order.loadLittleEndian(UInt16.self, at: index * 2)
      try merger.next(of: Int(source), tokens: &tokens, pieces: &pieces)
      try writer.append(
        row: shard.firstRow + UInt64(index), source: source, tokens: tokens.span)
      for piece in pieces {
        try segments.append(
          SegmentRecord(
            source: source, document: piece.document, offsetInDocument: piece.offsetInDocument,
            offsetInRow: piece.offsetInRow, length: piece.length))
      }
      try segments.endRow()
      environment.progress.advance(columns.rowBytes)
    }
    return WriteFacts(
      shard: try writer.finish(), segments: try segments.finish(), rowsBySource: rowsBySource)
  }
}
