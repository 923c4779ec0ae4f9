import Mixing
import Testing

@Suite struct WeightsTests {
  @Test(
    arguments: [
      ([5, 20, 20, 55], [1, 4, 4, 11], 20), ([0, 0, 7], [0, 0, 1], 1), ([1, 2], [1, 2], 3),
      ([1 << 39, (1 << 39) - 1], [1 << 39, (1 << 39) - 1], (1 << 40) - 1),
    ] as [([UInt64], [UInt64], UInt64)])
  func reducedAndExact(numerators: [UInt64], reduced: [UInt64], sum: UInt64) {
    let weights = Weights(numerators: numerators)
    #expect(weights.numerators == reduced)
    #expect(weights.denominator == sum)
    #expect(weights.contributors == numerators.count { $0 > 0 })
  }

  @Test func overPreciseWeightsAreQuantised() {
    // 2^32 / 3 is 1431655765.33: the first of three equal remainders takes the one that is left.
    let third = UInt64.max / 3
    let weights = Weights(numerators: [third, third, third - 1])
    #expect(weights.numerators == [1_431_655_766, 1_431_655_765, 1_431_655_765])
    #expect(weights.denominator == Weights.quantisedSum)
  }

  @Test func hugeNumeratorsDoNotOverflow() {
    let weights = Weights(numerators: [.max, .max - 1, .max - 2, 1])
    #expect(weights.denominator == Weights.quantisedSum)
    #expect(weights.numerators[3] == 0 && weights.contributors == 3)
  }

  @Test func computedSharesHaveTheirFixedSum() {
    let weights = Weights.quantised([0.1, 0.2, 0.7])
    #expect(weights.numerators == [429_496_730, 858_993_459, 3_006_477_107])
    #expect(weights.denominator == 1 << 32)
    #expect(Weights.quantised([0.25, 0, 0.75]).numerators == [1, 0, 3])
    #expect(Weights.quantised([1e-300, 3e-300]).numerators == [1, 3])
    #expect(weights.share(of: 2) > 0.6999999 && weights.share(of: 2) < 0.7000001)
  }
}
