import Bytes
import Foundation
import Mixing

/// Whether the larger versions of the property tests run: `CUVEE_LARGE_TESTS=1`.
let largeTests = ProcessInfo.processInfo.environment["CUVEE_LARGE_TESTS"] != nil

/// Seeded weight vectors of several characters, the same in every run.
enum RandomWeights {
  /// A vector of a number of sources: even, skewed, with zeros, tiny against huge,
  /// near the limit of exact sums, or quantised.
  static func vector(_ ordinal: Int, sources: Int) -> Weights {
    var random = StableRandom(seed: UInt64(ordinal), purpose: "weights")
    var numerators: [UInt64] = (0..<sources).map { index in
      switch ordinal % 6 {
      case 0: 1 + UInt64(random.below(100))
      case 1: 1_000_000 / UInt64(index + 1)
      case 2: random.below(3) == 0 ? 0 : 1 + UInt64(random.below(1 << 20))
      case 3: random.below(10) == 0 ? 1 << 25 : 1 + UInt64(random.below(8))
      case 4: 1 + UInt64(random.below((1 << 40) / sources - 1))
      default: random.next() >> 2
      }
    }
    numerators[0] = max(1, numerators[0])
    numerators[sources - 1] = max(1, numerators[sources - 1])
    return Weights(numerators: numerators)
  }

  /// A number of sources from 2 to 1,000, small ones more often.
  static func sources(_ ordinal: Int) -> Int {
    var random = StableRandom(seed: UInt64(ordinal), purpose: "sources")
    if ordinal < 4 { return [2, 1000, 3, 999][ordinal] }
    let limit = [4, 10, 50, 200, 999][random.below(5)]
    return 2 + random.below(limit)
  }

  /// Names whose byte order is not their index order.
  static func names(_ count: Int) -> [String] {
    (0..<count).map { "s\(StableHash.mix(seed: 5, UInt64($0), 0) % 1000)-\($0)" }
  }
}
