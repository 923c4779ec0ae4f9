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
      let source = Int(order.loadLittleEndian(UInt16.self, at: index * 2))
      guard source < rows.count else { throw Self.misfit(mixFolder) }
      rows[source] += 1
    }
    rowsBySource = rows

    var key = KeyBuilder("write", version: ToolVersion.formats)
    key.add("firstRow", shard.firstRow)
    key.add("order", Digest.sha256(order.span))
    for (source, supply) in supplies.enumerated() where rows[source] > 0 {
      key.add("source", source)
      key.add("cursor", cursors[source])
      key.add("rowsPerEpoch", supply.rowsPerEpoch)
      guard let cursor = Int(exactly: cursors[source]), supply.rowsPerEpoch > 0,
        (cursor &+ rows[source] - 1) / supply.rowsPerEpoch < supply.epochs.count, cursor >= 0
      else { throw Self.misfit(mixFolder) }
      let first = cursor / supply.rowsPerEpoch
      let last = (cursor + rows[source] - 1) / supply.rowsPerEpoch
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

  private static func misfit(_ folder: String) -> CuveeError {
    .failed(
      "\(folder): the order of the rows does not fit the sources; prune the cache's mix stage")
  }

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
    let active = max(1, rowsBySource.count { $0 > 0 })
    let source = RowFrameSource(
      order: try Self.order(of: shard, in: mixFolder), firstRow: shard.firstRow, columns: columns,
      merger: RowMerger(
        cache: environment.cache, supplies: supplies, cursors: cursors, columns: columns,
        rowsAhead: min(64, (16 << 20) / (active * columns.rowBytes))))
    let sink = ShardSink(
      try RowShardWriter(
        path: folder + "/" + Self.shardFile, columns: columns, rows: shard.rows,
        sizeLimit: sizeLimit, level: level),
      try SegmentsWriter(path: folder + "/" + Self.segmentsFile, level: level))
    try OrderedExecutor(crew: environment.crew).run(
      next: { () throws(CuveeError) in try source.next() },
      makeWorker: { RowFrameCompressor(level: level) },
      work: { (worker, frame) throws(CuveeError) in try worker.compress(frame) },
      commit: { frame throws(CuveeError) in
        try sink.append(frame)
        environment.progress.advance(frame.rows.count * columns.rowBytes)
      })
    return WriteFacts(
      shard: try sink.shard.finish(), segments: try sink.segments.finish(),
      rowsBySource: rowsBySource)
  }
}
