import Bytes
import Testing

@testable import Shards

@Suite struct PrefixRecountTests {
  /// Against the definition, which looks at every source after every row.
  @Test(arguments: 0..<50)
  func isTheDefinition(seed: Int) {
    var random = StableRandom(seed: UInt64(seed), purpose: "prefix recount")
    var weights: [UInt64] = [0, 0, 0, 0]
    for _ in 0..<4 { weights[random.below(4)] += 1 }
    let order = (0..<40).map { _ in random.below(4) }
    var recount = PrefixRecount(numerators: weights, denominator: 4)
    for source in order { recount.add(source: source) }
    #expect(recount.greatestInRows == TestOutput.greatestError(order, weights: weights))
    let bound = recount.weighted > 1 ? 1 - 1 / Double(2 * recount.weighted - 2) : 0
    #expect(recount.bound == bound)
    #expect(recount.isWithinBound == (recount.greatestInRows <= bound))
  }
}
