import Bytes
import Declarations
import Mixing
import Streams

/// What mix says: the rows of every phase and source, and the shards they make.
struct MixFacts: Codable, Sendable {
  /// A run of rows that makes one shard.
  struct Shard: Codable, Sendable {
    var phase: Int
    var firstRow: UInt64
    var rows: Int
  }

  /// Rows so far, by source, at some place of a phase.
  struct Checkpoint: Codable, Sendable {
    var rows: Int
    var rowsBySource: [Int]
  }

  /// Rows of a phase under constant weights.
  struct Stretch: Codable, Sendable {
    var rows: Int
    /// The sources whose rows were used up, so that others had their weight.
    var exhausted: [Int]
  }

  /// What a phase has come to.
  struct Phase: Codable, Sendable {
    var rows: Int
    var rowsBySource: [Int]
    var greatestPrefixError: Double
    var prefixErrorBound: Double
    var greatestPhaseError: Double
    /// The stretches of constant weights: more than one where an exhausted source's weight went to
    /// others.
    var stretches: [Stretch]
    /// The name of the source whose exhaustion ended the phase early.
    var endedBy: String?
    var checkpoints: [Checkpoint]
  }

  var shards: [Shard]
  var phases: [Phase]
  /// Rows of all phases by source.
  var sourceRows: [Int]
}

/// Orders the rows of all phases. Arithmetic on row counts: no token is touched.
///
/// `order.bin` holds the source of every row (u16, little-endian); `cursors.bin` for every shard
/// the next row of every source at its start (u64).
struct MixUnit: KeyedUnit {
  typealias Facts = MixFacts
  static let stage = Stage.mix
  static let orderFile = "order.bin"
  static let cursorsFile = "cursors.bin"

  let supplies: [SourceSupply]
  let phases: [PhaseDemand]
  let maxEpochs: Int
  let whenExhausted: WhenExhausted
  let sequenceLength: Int
  let rowsPerShard: Int
  /// The mixture file, for messages.
  let place: String

  var label: String { "" }
  var size: UInt64 { UInt64(phases.reduce(0) { $0 + $1.rows }) * 2 }

  var key: Digest {
    var key = KeyBuilder("mix", version: ToolVersion.formats)
    key.add("facts", 2)
    for supply in supplies {
      key.add("source", supply.name)
      key.add("rowsPerEpoch", supply.rowsPerEpoch)
      key.add("tokens", supply.tokens)
    }
    for phase in phases {
      key.add("phase", phase.name)
      key.add("rows", phase.rows)
      for numerator in phase.weights.numerators { key.add("weight", numerator) }
    }
    key.add("maxEpochs", maxEpochs)
    key.add("whenExhausted", whenExhausted.rawValue)
    key.add("sequenceLength", sequenceLength)
    key.add("rowsPerShard", rowsPerShard)
    return key.key
  }

  func produce(
    into folder: String, _ environment: UnitEnvironment
  ) throws(CuveeError) -> MixFacts {
    var mixture = try order()
    var orderFile = try OutputFile(path: folder + "/" + Self.orderFile)
    var cursorsFile = try OutputFile(path: folder + "/" + Self.cursorsFile)
    var cursors = [UInt64](repeating: 0, count: supplies.count)
    var shards: [MixFacts.Shard] = []
    var checkpoints = phases.map { CheckpointTaker(rows: $0.rows, sources: supplies.count) }
    var order: [UInt8] = []
    var row: UInt64 = 0
    while let next = mixture.next() {
      if shards.last.map({ $0.phase != next.phase || $0.rows == rowsPerShard }) ?? true {
        shards.append(MixFacts.Shard(phase: next.phase, firstRow: row, rows: 0))
        var bytes: [UInt8] = []
        for cursor in cursors { bytes.appendLittleEndian(cursor) }
        try cursorsFile.write(bytes.span)
      }
      shards[shards.count - 1].rows += 1
      cursors[next.source] = UInt64(next.sourceRow) + 1
      checkpoints[next.phase].record(next.source)
      order.appendLittleEndian(UInt16(next.source))
      if order.count >= 1 << 16 {
        try orderFile.write(order.span)
        order.removeAll(keepingCapacity: true)
        environment.progress.advance(1 << 16)
      }
      row += 1
    }
    try orderFile.write(order.span)
    try orderFile.finish()
    try cursorsFile.finish()
    let summary = mixture.summary
    return MixFacts(
      shards: shards,
      phases: zip(zip(summary.phases, phases.map(\.weights)), checkpoints).map {
        let ((phase, asked), checkpoints) = ($0.0, $0.1)
        return MixFacts.Phase(
          rows: phase.rows, rowsBySource: checkpoints.rowsBySource,
          greatestPrefixError: phase.greatestPrefixError,
          prefixErrorBound: phase.prefixErrorBound, greatestPhaseError: phase.greatestPhaseError,
          stretches: phase.stretches.map { stretch in
            MixFacts.Stretch(
              rows: stretch.rows,
              exhausted: supplies.indices.filter {
                asked.numerators[$0] > 0 && stretch.weights.numerators[$0] == 0
              })
          },
          endedBy: phase.endedBy.map { supplies[$0].name }, checkpoints: checkpoints.taken)
      },
      sourceRows: summary.sources.map(\.rows))
  }
}

extension MixUnit {
  /// The sources that cannot supply their share.
  var shortSources: [Int] {
    MixtureOrder.shortages(supplies: supplies, phases: phases, maxEpochs: maxEpochs).map(\.source)
  }

  /// The order, or what its sources are short of, each in a line with its place.
  private func order() throws(CuveeError) -> MixtureOrder {
    do throws(CuveeError) {
      return try MixtureOrder(
        supplies: supplies, phases: phases, maxEpochs: maxEpochs, whenExhausted: whenExhausted,
        rowLength: sequenceLength)
    } catch {
      let lines = error.message.split(separator: "\n").map { "\(place): \($0)" }
      throw CuveeError(error.kind, lines.joined(separator: CuveeError.separator))
    }
  }
}

/// Takes the rows by source at every tenth of a phase.
private struct CheckpointTaker {
  private let total: Int
  private var rows = 0
  private(set) var rowsBySource: [Int]
  private(set) var taken: [MixFacts.Checkpoint] = []

  init(rows: Int, sources: Int) {
    total = rows
    rowsBySource = Array(repeating: 0, count: sources)
  }

  mutating func record(_ source: Int) {
    rows += 1
    rowsBySource[source] += 1
    // The tenth ends at the row that reaches it: rows * 10 / total steps up.
    if rows * 10 / total > (rows - 1) * 10 / total {
      taken.append(MixFacts.Checkpoint(rows: rows, rowsBySource: rowsBySource))
    }
  }
}
