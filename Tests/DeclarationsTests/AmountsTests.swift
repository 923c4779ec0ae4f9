import Bytes
@testable import Declarations
import Testing

@Suite struct AmountsTests {
  @Test(
    arguments: [
      ("4096", 4096), ("10k", 10_000), ("10K", 10_000), ("31.3M", 31_300_000),
      ("2.62B", 2_620_000_000), ("0.92B", 920_000_000), ("1.5T", 1_500_000_000_000),
      ("0", 0), ("007", 7), ("1.000", 1), ("0.0005k", nil), ("0.001k", 1), ("1.5", nil),
      ("", nil), ("k", nil), (".5k", nil), ("5.k", nil), ("1e3", nil), ("-1", nil), ("+1", nil),
      ("1 k", nil), ("1kk", nil), ("1,000", nil), ("1.2.3k", nil), ("٣", nil), ("2.62b", nil),
      ("999999999999999999", 999_999_999_999_999_999), ("1000000000000000000", nil),
      ("18446745T", nil), ("18446743.999T", 18_446_743_999_000_000_000),
      ("0.12345678901234567890", nil), ("00000000000000000000000001", 1),
    ] as [(String, UInt64?)]) func tokenCounts(_ text: String, _ count: UInt64?)
  {
    #expect(TokenCount.parse(text) == count)
  }

  @Test(
    arguments: [
      ("256MiB", 268_435_456), ("1.5GiB", 1_610_612_736), ("64KiB", 65_536), ("1TiB", 1 << 40),
      ("1GB", 1_000_000_000), ("1.5kB", 1500), ("1KB", 1000), ("2MB", 2_000_000),
      ("3TB", 3_000_000_000_000),
      ("17B", 17), ("17", 17), ("0.1KiB", nil), ("0.5KiB", 512), ("1mib", nil), ("MiB", nil),
      ("1 MiB", nil), ("-1MiB", nil), ("1M", nil), ("1iB", nil),
    ] as [(String, UInt64?)]) func byteSizes(_ text: String, _ size: UInt64?)
  {
    #expect(ByteSize.parse(text) == size)
  }

  @Test(
    arguments: [
      ("5%", 5, 2), ("100%", 1, 0), ("0.1%", 1, 3), ("0.05", 5, 2), ("3", 3, 0), ("20.50%", 205, 3),
      ("0", 0, 0), ("0.00%", 0, 0), ("12.3456789%", 123_456_789, 9),
    ] as [(String, UInt64, Int)]) func shares(_ text: String, _ numerator: UInt64, _ scale: Int)
  {
    let share = Share.parse(text)
    #expect(share?.numerator == numerator)
    #expect(share?.scale == scale)
  }

  @Test(arguments: ["", "%", "5 %", "5%%", "-5%", ".5", "5.", "1e-3", "NaN", "inf", "½"])
  func notShares(_ text: String) {
    #expect(Share.parse(text) == nil)
  }

  @Test func shareOfACount() throws {
    #expect(try #require(Share.parse("1%")).of(2_620_000_000) == 26_200_000)
    #expect(try #require(Share.parse("0.1%")).of(999) == 0)
    #expect(try #require(Share.parse("33.3%")).of(.max) == 6_142_765_776_545_280_687)
    #expect(try #require(Share.parse("3")).of(.max) == .max)
  }

  @Test func commonNumeratorsKeepProportions() throws {
    var random = StableRandom(seed: 7, purpose: "shares")
    for _ in 0..<500 {
      let texts = (0..<Int(random.next() % 6 + 1)).map { _ in
        "\(random.next() % 1000).\(random.next() % 100_000)"
      }
      let shares = try texts.map { try #require(Share.parse($0)) }
      let numerators = DecimalShare.commonNumerators(shares)
      // a / b is kept for every pair: compare the cross products, scaled to five decimals.
      let scaled = shares.map { share in
        (share.scale..<5).reduce(UInt128(share.numerator)) { value, _ in value * 10 }
      }
      for (i, a) in numerators.enumerated() {
        for (j, b) in numerators.enumerated() {
          #expect(UInt128(a) * scaled[j] == UInt128(b) * scaled[i])
        }
      }
    }
  }

  @Test func commonNumeratorsAreTotal() throws {
    let huge = try #require(DecimalShare(numerator: 999_999_999_999_999_999, scale: 0))
    let tiny = try #require(DecimalShare(numerator: 1, scale: 18))
    let many = [DecimalShare](repeating: huge, count: 1000) + [tiny]
    let numerators = DecimalShare.commonNumerators(many)
    #expect(numerators.count == 1001)
    #expect(numerators.reduce(UInt128(0)) { $0 + UInt128($1) } <= UInt128(UInt64.max))
    #expect(DecimalShare.commonNumerators([]) == [])
    #expect(DecimalShare(numerator: 1_000_000_000_000_000_000, scale: 0) == nil)
    #expect(DecimalShare(numerator: 1, scale: 19) == nil)
  }
}
