import Bytes
import Testing

@Suite struct StableHashTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    var count: Int
    var seed: UInt64
    var xxh64: UInt64
    var xxh3: UInt64
    var high: UInt64
    var low: UInt64
    var testDescription: String { "\(count) bytes, seed \(seed)" }
  }

  // Computed by Python's xxhash 4.1.0. The counts lie about the ends of XXH3's ways of hashing.
  static let vectors: [Vector] = [
    .init(
      count: 0, seed: 0, xxh64: 0xEF46_DB37_51D8_E999, xxh3: 0x2D06_8005_38D3_94C2,
      high: 0x99AA_06D3_0147_98D8, low: 0x6001_C324_468D_497F),
    .init(
      count: 1, seed: 0, xxh64: 0xA96C_7F0C_E858_BBB7, xxh3: 0x4C5C_CA45_D0F4_811F,
      high: 0x495B_6207_3EF7_0CA4, low: 0x4C5C_CA45_D0F4_811F),
    .init(
      count: 3, seed: 0, xxh64: 0x56E6_9576_32A4_87F9, xxh3: 0x15F7_093B_173D_005C,
      high: 0x46F6_6CB9_3538_1565, low: 0x15F7_093B_173D_005C),
    .init(
      count: 4, seed: 0, xxh64: 0xC60D_15B1_E3FF_8F04, xxh3: 0xDCA0_12F9_5811_B6B9,
      high: 0x7FEF_EEFF_B4D0_EAB3, low: 0xB987_CA5D_9241_572A),
    .init(
      count: 8, seed: 0, xxh64: 0x3DA5_C7AA_2696_83E0, xxh3: 0xDEC6_A9A4_3575_982E,
      high: 0x803C_675A_846C_C6C2, low: 0x56BB_836C_EB6D_4BAA),
    .init(
      count: 9, seed: 0, xxh64: 0x4B17_A9BA_9E21_5C09, xxh3: 0xCBE3_9339_9F17_FFBD,
      high: 0xD465_5687_2D23_0F22, low: 0x4376_6735_8031_0154),
    .init(
      count: 16, seed: 0, xxh64: 0xA19A_D429_B02B_C413, xxh3: 0x7E48_4C18_D748_95D0,
      high: 0x650F_E308_C566_747D, low: 0xF853_DD94_614D_FA07),
    .init(
      count: 17, seed: 0, xxh64: 0xFE9F_0FEB_7EEE_DC09, xxh3: 0x208B_DE5E_E2BE_D407,
      high: 0x1821_7300_B513_2D5A, low: 0x78C3_49FE_81B2_F26C),
    .init(
      count: 32, seed: 0, xxh64: 0x8D57_D6A4_671C_C43D, xxh3: 0x03DF_0AC5_255D_1446,
      high: 0x3220_FF5F_E507_B3C0, low: 0x5726_E079_716C_6A62),
    .init(
      count: 33, seed: 0, xxh64: 0x62C9_FD21_ED85_7664, xxh3: 0x199A_3621_22D7_1F46,
      high: 0x91A4_C56A_D1B9_1D88, low: 0x3B25_2753_00C8_B44E),
    .init(
      count: 64, seed: 0, xxh64: 0x7BBA_BBC4_5729_D17E, xxh3: 0xDD30_702A_B46B_3745,
      high: 0xF9BF_A77D_A089_1A96, low: 0x36C5_F7E5_4742_6BC4),
    .init(
      count: 128, seed: 0, xxh64: 0x725A_5B9B_3BED_FE94, xxh3: 0xF92B_70EA_A21A_6288,
      high: 0xB4F8_7B99_D2DB_8A51, low: 0x1E04_FAD9_F0CA_CB4D),
    .init(
      count: 129, seed: 0, xxh64: 0x28FC_8362_6436_27D7, xxh3: 0xF8F7_6713_F2BB_60FA,
      high: 0x6881_6336_50CD_8924, low: 0xC51B_C887_976A_EF63),
    .init(
      count: 240, seed: 0, xxh64: 0xD430_520A_E3ED_2FC6, xxh3: 0xCCC7_3751_72C4_1F03,
      high: 0xDE57_AAB3_1E77_A2FF, low: 0x93E1_7383_3F75_AB66),
    .init(
      count: 241, seed: 0, xxh64: 0xD3F5_0496_D5BF_27E0, xxh3: 0x0B3B_6309_48CE_4A00,
      high: 0x92B9_91A7_192F_3F08, low: 0x0B3B_6309_48CE_4A00),
    .init(
      count: 256, seed: 0, xxh64: 0x7C1F_F7B1_D57C_10D5, xxh3: 0xEC85_B75B_AFE6_CA74,
      high: 0x24EE_3063_3CA5_2C6A, low: 0xEC85_B75B_AFE6_CA74),
    .init(
      count: 512, seed: 0, xxh64: 0x17BD_9866_C1C8_CE58, xxh3: 0xEFC2_E52D_1C2F_FBAA,
      high: 0x2080_C7D3_6A7E_A4BB, low: 0xEFC2_E52D_1C2F_FBAA),
    .init(
      count: 1024, seed: 0, xxh64: 0x149A_A449_72CD_AE00, xxh3: 0x23BC_880E_BF0D_29C6,
      high: 0x4C17_271C_906D_F792, low: 0x23BC_880E_BF0D_29C6),
    .init(
      count: 4097, seed: 0, xxh64: 0xD424_96BB_BECA_CB1D, xxh3: 0xB319_759B_4671_C221,
      high: 0xB074_F6DE_B50F_BB5E, low: 0xB319_759B_4671_C221),
    .init(
      count: 0, seed: 0x9E37_79B1_85EB_CA87, xxh64: 0x6EC6_D05F_61C7_E7A7,
      xxh3: 0x07F7_0F81_9703_314D,
      high: 0x45EF_6DDC_7AFB_225A, low: 0xF9EC_E103_6ECB_B2ED),
    .init(
      count: 5, seed: 0x9E37_79B1_85EB_CA87, xxh64: 0xCA04_F3B2_B8C1_646D,
      xxh3: 0x3723_9F91_17E3_CD2B,
      high: 0x3A9C_5829_1D90_9D5E, low: 0x7B67_B8A0_0632_30AC),
    .init(
      count: 16, seed: 0x9E37_79B1_85EB_CA87, xxh64: 0x0E3F_56E8_8F75_9A50,
      xxh3: 0x440D_0E06_E6EC_184F,
      high: 0x3409_282A_2E6B_5525, low: 0x77E7_0831_C44F_A8ED),
    .init(
      count: 100, seed: 0x9E37_79B1_85EB_CA87, xxh64: 0xE10C_FEF3_A9A0_A5C5,
      xxh3: 0x155B_585C_C711_6E06,
      high: 0xB671_8FBF_B0D4_2EF4, low: 0x6EC1_F9E8_05CF_CB80),
    .init(
      count: 300, seed: 0x9E37_79B1_85EB_CA87, xxh64: 0xBDD1_BB66_7E2C_2BEE,
      xxh3: 0x00F3_73B0_7F11_FC30,
      high: 0xA46A_6461_1D78_7440, low: 0x00F3_73B0_7F11_FC30),
  ]

  @Test(arguments: vectors)
  func agreesWithPythonsXXHash(_ vector: Vector) {
    let bytes = patternBytes(vector.count)
    #expect(StableHash.xxh64(bytes.span, seed: vector.seed) == vector.xxh64)
    #expect(StableHash.xxh3(bytes.span, seed: vector.seed) == vector.xxh3)
    #expect(
      StableHash.xxh128(bytes.span, seed: vector.seed)
        == Hash128(high: vector.high, low: vector.low))
  }

  @Test(
    arguments: [
      ("", 0, 0x2D06_8005_38D3_94C2), ("shuffle", 1, 0xB0E4_6CB7_981D_77DD),
      ("naïve café ☕", 42, 0xDC96_F36D_5ED9_5EEB),
    ] as [(String, UInt64, UInt64)])
  func hashesTheUTF8OfStrings(_ text: String, _ seed: UInt64, _ hash: UInt64) {
    #expect(StableHash.xxh3(text, seed: seed) == hash)
  }

  @Test(
    arguments: [
      ([0, 0, 0], 0xD0A6_6A65_C752_8968), ([1, 2, 3], 0x26F2_A114_8CF5_2011),
      ([0xDEAD_BEEF, .max, 1], 0x1532_3EC7_AA85_DAB9),
      ([.max, 0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210], 0xC919_CE11_816F_D788),
    ] as [([UInt64], UInt64)])
  func mixesASeedWithTwoLittleEndianNumbers(_ numbers: [UInt64], _ hash: UInt64) {
    #expect(StableHash.mix(seed: numbers[0], numbers[1], numbers[2]) == hash)
  }

  @Test func piecesGiveTheHashOfTheWhole() {
    var random = testRandom("pieces")
    for vector in Self.vectors where vector.seed == 0 {
      let bytes = patternBytes(vector.count)
      var hasher = XXH64Hasher()
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + random.below(100))
        hasher.update(bytes.span.extracting(start..<end))
        start = end
      }
      #expect(hasher.value == vector.xxh64)
    }
  }

  @Test func wideHashesCompareByTheirHighHalfFirst() {
    let rising = [
      Hash128(high: 0, low: 0), Hash128(high: 0, low: .max), Hash128(high: 1, low: 0),
      Hash128(high: 1, low: 1), Hash128(high: .max, low: 0),
    ]
    for (index, hash) in rising.enumerated() {
      for (other, otherHash) in rising.enumerated() {
        #expect((hash < otherHash) == (index < other))
      }
    }
  }
}
