import Bytes
import Mixing
import Testing

@Suite struct PrefixErrorTests {
  /// Looks at every source after every row, in fractions.
  private func greatestByScan(_ rows: [Int], weights: Weights) -> Rational {
    var given = [Int128](repeating: 0, count: weights.count)
    var greatest = Rational(0)
    for (index, source) in rows.enumerated() {
      given[source] += 1
      for (other, numerator) in weights.numerators.enumerated() {
        let distance = Rational(
          Int128(index + 1) * Int128(numerator) - given[other] * Int128(weights.denominator),
          Int128(weights.denominator))
        greatest = max(greatest, Rational(abs(distance.numerator), distance.denominator))
      }
    }
    return greatest
  }

  @Test(arguments: 0..<20) func equalsTheScanOfAllPrefixes(ordinal: Int) {
    let weights = RandomWeights.vector(ordinal, sources: 2 + ordinal % 7)
    var random = StableRandom(seed: UInt64(ordinal), purpose: "rows")
    let rows = (0..<100).map { _ in random.below(weights.count) }
    var error = PrefixError(weights: weights)
    for row in rows { error.record(row) }
    let expected = greatestByScan(rows, weights: weights)
    #expect(error.greatest == Double(expected.numerator) / Double(expected.denominator))
    #expect(error.rows == 100)
  }

  @Test func seesASourceThatNeverComes() {
    var error = PrefixError(weights: Weights(numerators: [1, 1]))
    for _ in 0..<10 { error.record(0) }
    #expect(error.greatest == 5)
    #expect(!error.isWithinBound)
  }

  @Test func boundIsComparedExactly() {
    // Two even sources: the bound is 1/2, met by turns and passed by two rows of one.
    var error = PrefixError(weights: Weights(numerators: [1, 1]))
    error.record(0)
    #expect(error.greatest == 0.5 && error.isWithinBound)
    error.record(0)
    #expect(error.greatest == 1 && !error.isWithinBound)
  }
}
