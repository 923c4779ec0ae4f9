import Bytes
import Declarations
import Mixing
import Testing

@Suite struct MixtureOrderTests {
  private func supplies(_ rows: [Int]) -> [SourceSupply] {
    rows.enumerated().map {
      SourceSupply(name: "s\($0.offset)", rowsPerEpoch: $0.element, tokens: $0.element * 10)
    }
  }

  private func phase(_ name: String, _ rows: Int, _ weights: [UInt64]) -> PhaseDemand {
    PhaseDemand(name: name, rows: rows, weights: Weights(numerators: weights))
  }

  private func all(_ order: MixtureOrder) -> [(phase: Int, source: Int, sourceRow: Int)] {
    var order = order
    var rows: [(phase: Int, source: Int, sourceRow: Int)] = []
    while let row = order.next() { rows.append(row) }
    #expect(order.next() == nil)
    return rows
  }

  @Test func phasesStartAnewAndSourcesGoOn() throws {
    let order = try MixtureOrder(
      supplies: supplies([100, 100]),
      phases: [phase("a", 3, [0, 1]), phase("b", 0, [1, 1]), phase("c", 4, [1, 1])],
      maxEpochs: 1, whenExhausted: .fail)
    let rows = all(order)
    #expect(rows.map(\.phase) == [0, 0, 0, 2, 2, 2, 2])
    #expect(rows.map(\.source) == [1, 1, 1, 0, 1, 0, 1])
    #expect(rows.map(\.sourceRow) == [0, 1, 2, 0, 3, 1, 4])
    let summary = order.summaryAtEnd()
    #expect(summary.phases.map(\.rows) == [3, 0, 4])
    #expect(summary.phases[2].rowsBySource == [2, 2])
    #expect(summary.phases[2].greatestPrefixError == 0.5)
    #expect(summary.phases[2].prefixErrorBound == 0.5)
    #expect(summary.sources.map(\.rows) == [2, 5] && summary.sources.map(\.epochs) == [1, 1])
    #expect(order.summary.rows == 0)
  }

  @Test func epochsFollowFromTheSourceRow() throws {
    let order = try MixtureOrder(
      supplies: supplies([3, 50]), phases: [phase("a", 16, [1, 1])], maxEpochs: 3,
      whenExhausted: .fail)
    #expect(all(order).filter { $0.source == 0 }.map(\.sourceRow) == Array(0..<8))
    #expect(order.summaryAtEnd().sources.map(\.epochs) == [3, 1])
  }

  @Test func stopEndsThePhaseBeforeTheMissingRow() throws {
    let order = try MixtureOrder(
      supplies: supplies([2, 50]), phases: [phase("a", 20, [1, 1]), phase("b", 3, [0, 1])],
      maxEpochs: 1, whenExhausted: .stop)
    let rows = all(order)
    #expect(rows.map(\.source) == [0, 1, 0, 1, 1, 1, 1])
    #expect(rows.map(\.phase) == [0, 0, 0, 0, 1, 1, 1])
    let summary = order.summaryAtEnd()
    #expect(summary.phases.map(\.endedBy) == [0, nil])
    #expect(summary.phases.map(\.rows) == [4, 3])
  }

  @Test func renormaliseGivesTheWeightToTheOthers() throws {
    let order = try MixtureOrder(
      supplies: supplies([2, 50, 3]), phases: [phase("a", 20, [2, 1, 1])],
      maxEpochs: 1, whenExhausted: .renormalise)
    let rows = all(order)
    #expect(rows.count == 20)
    // Two rows of s0 are gone by row 3 or 4; s1 and s2 then take turns until s2 has given 3.
    let summary = order.summaryAtEnd().phases[0]
    #expect(summary.rowsBySource == [2, 15, 3])
    #expect(
      summary.stretches.map(\.weights.numerators) == [[2, 1, 1], [0, 1, 1], [0, 1, 0]])
    #expect(summary.isWithinBound && summary.endedBy == nil)
    #expect(summary.stretches.map(\.rows).reduce(0, +) == 20)
    // By the definition: every source after every row, against the weights asked for.
    let distances = rows.indices.flatMap { last in
      zip(0..., [0.5, 0.25, 0.25]).map { source, weight in
        abs(
          Double(rows[...last].count { $0.source == source }) - weight * Double(last + 1))
      }
    }
    // At the end s1 has 15 rows where a quarter of 20 are 5.
    #expect(summary.greatestPhaseError == distances.max() && summary.greatestPhaseError == 10)
    #expect(summary.greatestPrefixError < 1)
  }

  @Test func renormaliseEndsWhenNothingIsLeft() throws {
    let order = try MixtureOrder(
      supplies: supplies([2, 0, 3]),
      phases: [phase("a", 20, [1, 1, 1]), phase("b", 5, [1, 1, 1])],
      maxEpochs: 2, whenExhausted: .renormalise)
    let summary = order.summaryAtEnd()
    #expect(summary.phases.map(\.rows) == [10, 0])
    #expect(summary.sources.map(\.epochs) == [2, 0, 2])
  }

  @Test(arguments: 0..<30) func rowsOfASourceAreConsecutive(ordinal: Int) throws {
    var random = StableRandom(seed: UInt64(ordinal), purpose: "mixture")
    let count = 2 + random.below(6)
    let mode = WhenExhausted.allCases[1 + ordinal % 2]
    let phases = (0..<3).map { index in
      PhaseDemand(
        name: "p\(index)", rows: random.below(120),
        weights: RandomWeights.vector(ordinal * 3 + index, sources: count))
    }
    let supplies = supplies((0..<count).map { _ in random.below(60) })
    let order = try MixtureOrder(
      supplies: supplies, phases: phases, maxEpochs: 2, whenExhausted: mode)
    var next = [Int](repeating: 0, count: count)
    var phase = 0
    for row in all(order) {
      #expect(row.sourceRow == next[row.source] && row.phase >= phase)
      next[row.source] += 1
      phase = row.phase
    }
    let summary = order.summaryAtEnd()
    #expect(summary.sources.map(\.rows) == next)
    #expect(summary.phases.allSatisfy { $0.isWithinBound })
    for (source, supply) in supplies.enumerated() {
      #expect(next[source] <= supply.rowsPerEpoch * 2)
    }
  }
}
