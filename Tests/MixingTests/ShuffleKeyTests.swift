import Mixing
import Testing

@Suite struct ShuffleKeyTests {
  @Test func seedsDifferByMixtureSourceAndEpoch() {
    var seeds: Set<UInt64> = []
    for mixture in [0, 1] as [UInt64] {
      for source in ["a", "b", "1 of a"] {
        for epoch in 0..<3 {
          seeds.insert(ShuffleKey.seed(mixture: mixture, source: source, epoch: epoch))
        }
      }
    }
    #expect(seeds.count == 18)
  }

  @Test func keysAreSpreadEvenly() {
    let seed = ShuffleKey.seed(mixture: 1, source: "pile", epoch: 0)
    var octants = [Int](repeating: 0, count: 8)
    var keys: Set<UInt64> = []
    for record in 0..<4000 as Range<UInt64> {
      let key = ShuffleKey.key(seed: seed, pathHash: record % 3, record: record / 3)
      octants[Int(key >> 61)] += 1
      keys.insert(key)
    }
    #expect(keys.count == 4000)
    #expect(octants.allSatisfy { $0 > 400 && $0 < 600 })
  }

  /// XXH3 with a seed of sixteen little-endian bytes, from libxxhash called by Python; these keys are
  /// part of the format, for a change would move every document.
  @Test func keysNeverChange() {
    let seed = ShuffleKey.seed(mixture: 1, source: "pile", epoch: 0)
    #expect(seed == 0xd8d2_d615_6521_7bed)
    #expect(ShuffleKey.seed(mixture: 1, source: "pile", epoch: 1) == 0x8575_c2a7_f886_991f)
    #expect(ShuffleKey.key(seed: seed, pathHash: 7, record: 42) == 0x8a92_cd83_f772_4f2d)
    #expect(ShuffleKey.key(seed: seed, pathHash: .max, record: 0) == 0x29dc_8965_4540_1103)
  }
}
