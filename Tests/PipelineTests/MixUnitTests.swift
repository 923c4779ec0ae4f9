import Bytes
import Declarations
import Foundation
import Mixing
import Testing

@testable import Pipeline

@Suite struct MixUnitTests {
  private let folder: PipelineTestFolder
  private let environment: UnitEnvironment

  init() throws {
    folder = try PipelineTestFolder()
    environment = .testing(try StageCache(root: folder.file("cache")))
  }

  /// A mixture of three sources; the one of weight zero is never asked.
  private func unit(
    rows: [Int], weights: [[UInt64]], perEpoch: [Int], maxEpochs: Int = 4,
    whenExhausted: WhenExhausted = .fail, rowsPerShard: Int = 10
  ) -> MixUnit {
    MixUnit(
      supplies: perEpoch.enumerated().map {
        SourceSupply(name: "source\($0)", rowsPerEpoch: $1, tokens: $1 * 8 + 3)
      },
      phases: zip(rows, weights).enumerated().map {
        PhaseDemand(
          name: "phase\($0)", rows: $1.0, weights: Weights(numerators: $1.1))
      },
      maxEpochs: maxEpochs, whenExhausted: whenExhausted, sequenceLength: 8,
      rowsPerShard: rowsPerShard, place: "mixture.yaml")
  }

  /// The rows of an order, one after another, as mixing itself gives them.
  private func order(_ unit: MixUnit) throws -> [(phase: Int, source: Int, sourceRow: Int)] {
    var order = try MixtureOrder(
      supplies: unit.supplies, phases: unit.phases, maxEpochs: unit.maxEpochs,
      whenExhausted: unit.whenExhausted)
    var rows: [(phase: Int, source: Int, sourceRow: Int)] = []
    while let row = order.next() { rows.append(row) }
    return rows
  }

  private func check(_ unit: MixUnit) throws {
    let output = try folder.makeFolder(UUID().uuidString)
    let facts = try unit.produce(into: output, environment)
    let rows = try order(unit)
    let sources = unit.supplies.count

    // The order is that of the rows.
    let orderBytes = try contents(output + "/" + MixUnit.orderFile)
    #expect(
      stride(from: 0, to: orderBytes.count, by: 2).map {
        Int(orderBytes.loadLittleEndian(UInt16.self, at: $0))
      } == rows.map(\.source))

    // Shards tile the rows, hold one phase each, and are full but for a phase's last.
    let cursors = try contents(output + "/" + MixUnit.cursorsFile)
    #expect(cursors.count == facts.shards.count * sources * 8)
    var next = 0
    for (index, shard) in facts.shards.enumerated() {
      #expect(Int(shard.firstRow) == next)
      #expect((1...unit.rowsPerShard).contains(shard.rows))
      let own = rows[next..<next + shard.rows]
      #expect(own.allSatisfy { $0.phase == shard.phase })
      let isLast = index + 1 == facts.shards.count || facts.shards[index + 1].phase != shard.phase
      #expect(isLast || shard.rows == unit.rowsPerShard)
      // A cursor is the next row of its source: as many as it has given before.
      for source in 0..<sources {
        let cursor = cursors.loadLittleEndian(UInt64.self, at: (index * sources + source) * 8)
        #expect(Int(cursor) == rows[..<next].count { $0.source == source })
        if let first = own.first(where: { $0.source == source }) {
          #expect(Int(cursor) == first.sourceRow)
        }
      }
      next += shard.rows
    }
    #expect(next == rows.count)
    #expect(facts.sourceRows == (0..<sources).map { source in rows.count { $0.source == source } })
    try checkPhases(unit, facts, rows.map { (phase: $0.phase, source: $0.source) })
  }

  private func checkPhases(
    _ unit: MixUnit, _ facts: MixFacts, _ rows: [(phase: Int, source: Int)]
  ) throws {
    #expect(facts.phases.count == unit.phases.count)
    for (index, phase) in facts.phases.enumerated() {
      let own = rows.filter { $0.phase == index }.map(\.source)
      func bySource(_ prefix: Int) -> [Int] {
        unit.supplies.indices.map { source in own.prefix(prefix).count { $0 == source } }
      }
      #expect(phase.rows == own.count)
      #expect(phase.rowsBySource == bySource(own.count))
      #expect(phase.greatestPrefixError <= phase.prefixErrorBound + 1e-9)
      // Each tenth of what was planned, rounded up, as far as the phase came.
      let planned = unit.phases[index].rows
      let tenths = (1...10).map { ($0 * planned + 9) / 10 }
      let places = Set(tenths).sorted().filter { $0 > 0 && $0 <= own.count }
      #expect(phase.checkpoints.map(\.rows) == places)
      #expect(phase.checkpoints.map(\.rowsBySource) == places.map(bySource))
    }
  }

  @Test(arguments: [1, 2, 3, 9, 10, 11, 37, 100, 1000], [1, 7, 10, 4096])
  func filesSayWhatTheOrderIs(rows: Int, rowsPerShard: Int) throws {
    try check(
      unit(
        rows: [rows], weights: [[1, 0, 3]], perEpoch: [10_000, 10, 10_000],
        rowsPerShard: rowsPerShard))
  }

  @Test func phasesGoOnWhereTheOneBeforeEnded() throws {
    try check(
      unit(
        rows: [25, 1, 64], weights: [[1, 0, 0], [1, 1, 1], [5, 20, 75]],
        perEpoch: [30, 40, 50], rowsPerShard: 8))
  }

  @Test func epochsAreCountedThrough() throws {
    try check(unit(rows: [60], weights: [[1, 1, 1]], perEpoch: [7, 11, 100]))
  }

  @Test(arguments: [WhenExhausted.renormalise, .stop])
  func exhaustedSourcesEndOrLeaveTheirWeight(_ whenExhausted: WhenExhausted) throws {
    let unit = unit(
      rows: [100, 50], weights: [[1, 1, 1], [1, 0, 1]], perEpoch: [10, 20, 30], maxEpochs: 2,
      whenExhausted: whenExhausted, rowsPerShard: 16)
    try check(unit)
    let facts = try unit.produce(into: try folder.makeFolder("out"), environment)
    if whenExhausted == .stop {
      #expect(facts.phases[0].endedBy == "source0" && facts.phases[0].stretches.count == 1)
    } else {
      #expect(facts.phases[0].stretches.count > 1)
    }
  }

  @Test func aLongOrderIsWrittenInPieces() throws {
    // More rows than are held before they are written: 2 bytes each, 64 KiB.
    try check(
      unit(
        rows: [70_000], weights: [[1, 2, 4]], perEpoch: [100_000, 100_000, 100_000],
        rowsPerShard: 30_000))
  }

  @Test func aShortSourceIsNamedWithWhatWouldDo() throws {
    // 1000 rows of which 200 are source0's, which has 34 rows of 8 tokens an epoch.
    let unit = unit(
      rows: [1000], weights: [[20, 30, 50]], perEpoch: [34, 1000, 1000], maxEpochs: 4)
    let error = #expect(throws: CuveeError.self) {
      try unit.produce(into: try folder.makeFolder("out"), environment)
    }
    #expect(error?.kind == .badData)
    // 200 / 34 = 5.88 epochs; 4 * 34 = 136 rows are 13.6% of 1000.
    #expect(
      error?.message
        == "mixture.yaml: source0 has 275 tokens, its share needs 1.6k: 5.9 epochs; raise max_epochs to 6 "
        + "or lower its weight to 13.6%")
  }

  @Test func everythingThatOrdersRowsIsInTheKey() {
    let base = unit(rows: [10], weights: [[1, 1, 0]], perEpoch: [20, 20, 20])
    let others = [
      unit(rows: [11], weights: [[1, 1, 0]], perEpoch: [20, 20, 20]),
      unit(rows: [10], weights: [[1, 2, 0]], perEpoch: [20, 20, 20]),
      unit(rows: [10], weights: [[1, 1, 0]], perEpoch: [20, 21, 20]),
      unit(rows: [10], weights: [[1, 1, 0]], perEpoch: [20, 20, 20], maxEpochs: 5),
      unit(rows: [10], weights: [[1, 1, 0]], perEpoch: [20, 20, 20], whenExhausted: .stop),
      unit(rows: [10], weights: [[1, 1, 0]], perEpoch: [20, 20, 20], rowsPerShard: 11),
      unit(rows: [10, 10], weights: [[1, 1, 0], [1, 1, 0]], perEpoch: [20, 20, 20]),
    ]
    #expect(Set(others.map(\.key) + [base.key]).count == others.count + 1)
    // The same shares in other numbers are the same order.
    #expect(unit(rows: [10], weights: [[4, 4, 0]], perEpoch: [20, 20, 20]).key == base.key)
  }
}
