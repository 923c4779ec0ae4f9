import Bytes
import Testing

@Suite struct StableRandomTests {
  struct Run: Sendable {
    var seed: UInt64
    var purpose: String
    var start: UInt64
    var numbers: [UInt64]
    var belowTen: [Int]
    var belowTheLarge: [Int]
  }

  // Computed by a SplitMix64 written in Python, whose numbers from the state 1234567 are the
  // published 6457827717110365317, 3203168211198807973, ...; starts by Python's xxhash.
  static let runs = [
    Run(
      seed: 0, purpose: "sample", start: 0x06A5_8212_247C_13BB,
      numbers: [
        0xDC3E_2E7D_8E05_3227, 0x44C2_B7CE_DFED_1E39, 0x4F11_9679_8DE7_2D12,
        0xAE99_1EB4_7F6F_F6F3, 0xDCBD_D70F_920E_CE14,
      ],
      belowTen: [8, 2, 3, 6, 8, 8, 5, 3, 0, 0, 6, 3],
      belowTheLarge: [945_936_039_310, 295_324_602_080, 339_597_490_574, 749_893_235_840]),
    Run(
      seed: 1, purpose: "shuffle: epoch 0 of pile", start: 0xD8D2_D615_6521_7BED,
      numbers: [
        0x63B6_2C14_9E79_CBB8, 0x6AC7_92E9_8480_6768, 0x3799_3C47_BEE4_E981,
        0xAB1E_00B7_6A77_9B33, 0xE6ED_CB79_89EC_4AD9,
      ],
      belowTen: [3, 4, 2, 6, 9, 0, 8, 2, 7, 9, 2, 4],
      belowTheLarge: [428_258_104_478, 458_614_827_396, 238_794_065_855, 734_942_771_051]),
    Run(
      seed: .max, purpose: "", start: 0x4C09_3276_AE47_A555,
      numbers: [
        0x8DBF_7ED3_E0ED_6379, 0x1E2E_E4F4_4923_4FB4, 0xC399_DEA1_1509_E818,
        0x18B9_9070_0F2E_997F, 0x8369_C163_055A_0D9E,
      ],
      belowTen: [5, 1, 7, 0, 5, 0, 4, 3, 8, 3, 2, 1],
      belowTheLarge: [608_803_148_769, 129_635_775_561, 840_100_126_997, 106_192_465_935]),
  ]

  @Test(arguments: runs)
  func agreesWithAnotherSplitMix64(_ run: Run) {
    #expect(StableRandom.seed(run.seed, purpose: run.purpose) == run.start)
    var random = StableRandom(seed: run.seed, purpose: run.purpose)
    #expect((0..<run.numbers.count).map { _ in random.next() } == run.numbers)
    random = StableRandom(seed: run.seed, purpose: run.purpose)
    #expect((0..<run.belowTen.count).map { _ in random.below(10) } == run.belowTen)
    random = StableRandom(seed: run.seed, purpose: run.purpose)
    let large = (1 << 40) + 1
    #expect((0..<run.belowTheLarge.count).map { _ in random.below(large) } == run.belowTheLarge)
  }

  @Test(arguments: [1, 2, 3, 7, 1 << 20, Int.max])
  func staysBelowTheBound(_ bound: Int) {
    var random = testRandom("bounds")
    for _ in 0..<1000 {
      let number = random.below(bound)
      #expect(number >= 0 && number < bound)
    }
  }
}
