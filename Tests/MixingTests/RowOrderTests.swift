import Bytes
import Mixing
import Testing

@Suite struct RowOrderTests {
  /// Weights, names in the sources' order, and the first 60 rows, from a Python implementation of
  /// the rule with `fractions.Fraction`.
  static let golden: [(weights: [UInt64], names: [String], rows: String)] = [
    ([1, 1], ["a", "b"], "010101010101010101010101010101010101010101010101010101010101"),
    ([1, 1], ["b", "a"], "101010101010101010101010101010101010101010101010101010101010"),
    ([1, 2], ["a", "b"], "101101101101101101101101101101101101101101101101101101101101"),
    (
      [5, 20, 20, 55], ["cot", "p3", "ni", "pile"],
      "323133231323133032133231332313231330321332313323132313303213"
    ),
    (
      [0, 3, 0, 7, 1], ["a", "b", "c", "d", "e"],
      "313313343133133133431331331334313313313343133133133431331331"
    ),
    (
      [1, 1, 1, 1, 1, 1], ["f", "é", "z", "a", "e", "Z"],
      "534021534021534021534021534021534021534021534021534021534021"
    ),
    ([1, 1000], ["a", "b"], "111111111111111111111111111111111111111111111111111111111111"),
    (
      [1 << 31, 1 << 30, (1 << 30) - 1, 1], ["w", "x", "y", "z"],
      "012001200120012001200120012001200120012001200120012001200120"
    ),
    (
      [7, 11, 13, 17, 19, 23, 29], ["g", "f", "e", "d", "c", "b", "a"],
      "654362516435062465316452365416035264563146253640561234564653"
    ),
    ([0, 9, 0], ["a", "b", "c"], String(repeating: "1", count: 60)),
  ]

  @Test(arguments: golden) func agreesWithPython(
    weights: [UInt64], names: [String], rows: String
  ) {
    var order = RowOrder(weights: Weights(numerators: weights), names: names)
    #expect((0..<60).map { _ in String(order.next()) }.joined() == rows)
    #expect(order.rowsGiven == 60)
  }

  /// 40 weights, 400 rows, folded as `h = 31*h + row`, from the same Python implementation.
  @Test func agreesWithPythonOnManySources() {
    let numerators: [UInt64] = [
      249524, 621430, 570666, 136759, 387927, 960438, 633257, 497082, 656116, 609068, 68712,
      635018, 13808, 952966, 878150, 492026, 271953, 577540, 245714, 201059, 751985, 493108,
      567253, 877094, 576331, 499493, 416426, 670112, 902848, 157933, 243188, 665700, 158988,
      910212, 970809, 548596, 408879, 777259, 15883, 704026,
    ]
    var order = RowOrder(
      weights: Weights(numerators: numerators), names: numerators.indices.map { "s\($0)" })
    var fold: UInt64 = 0
    for _ in 0..<400 { fold = fold &* 31 &+ UInt64(order.next()) }
    #expect(fold == 9_557_497_817_022_111_592)
  }

  @Test(arguments: 0..<(largeTests ? 100 : 25)) func agreesWithScanningAllSources(ordinal: Int) {
    let count = largeTests ? RandomWeights.sources(ordinal) : 2 + ordinal * 2
    let weights = RandomWeights.vector(ordinal, sources: count)
    let names = RandomWeights.names(count)
    var order = RowOrder(weights: weights, names: names)
    var scan = ScanAllOrder(weights: weights, names: names)
    let rows = max(150, largeTests ? 3 * count : 0)
    #expect((0..<rows).map { _ in order.next() } == (0..<rows).map { _ in scan.next() })
  }

  @Test(arguments: 0..<200) func everyPrefixIsTheMixture(ordinal: Int) {
    let count = RandomWeights.sources(ordinal)
    let weights = RandomWeights.vector(ordinal, sources: count)
    var order = RowOrder(weights: weights, names: RandomWeights.names(count))
    var error = PrefixError(weights: weights)
    for _ in 0..<(largeTests ? 20_000 + 10 * count : 2_000 + count) { error.record(order.next()) }
    #expect(error.isWithinBound)
    #expect(error.greatest <= RowOrder.bound(sources: weights.contributors) + 1e-12)
    for (source, rows) in error.rowsBySource.enumerated() where weights.numerators[source] == 0 {
      #expect(rows == 0)
    }
  }

  @Test func tiesGoByTheBytesOfNamesNotTheirIndex() {
    // "é" as one scalar and as two are equal strings of different bytes; U+0065 comes first.
    let names = ["\u{E9}", "e\u{301}"]
    var order = RowOrder(weights: Weights(numerators: [1, 1]), names: names)
    #expect([order.next(), order.next()] == [1, 0])
  }

  @Test func boundOfSources() {
    #expect(RowOrder.bound(sources: 1) == 0)
    #expect(RowOrder.bound(sources: 2) == 0.5)
    #expect(RowOrder.bound(sources: 4) == 1 - 1 / 6.0)
  }

  @Test func copiesGoTheirOwnWay() {
    var order = RowOrder(weights: Weights(numerators: [3, 5, 9]), names: ["a", "b", "c"])
    for _ in 0..<10 { _ = order.next() }
    var copy = order
    let ahead = (0..<50).map { _ in copy.next() }
    #expect((0..<50).map { _ in order.next() } == ahead)
  }
}
