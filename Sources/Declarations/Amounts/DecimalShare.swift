/// A share as it was written, without rounding: `5%`, `0.1%`, `0.05`, `3`.
public struct DecimalShare: Sendable, Equatable {
  private let decimal: ExactDecimal

  /// Creates a share of a whole number over a power of ten.
  ///
  /// - Parameters:
  ///   - numerator: below 10^18.
  ///   - scale: the share is `numerator` / 10^`scale`; 0 to 18.
  public init?(numerator: UInt64, scale: Int) {
    guard numerator < ExactDecimal.powersOfTen[18], (0...18).contains(scale) else { return nil }
    decimal = ExactDecimal(numerator: numerator, scale: scale)
  }

  /// A tenth.
  public static let tenPercent = DecimalShare(
    decimal: ExactDecimal(numerator: 1, scale: 1))

  private init(decimal: ExactDecimal) { self.decimal = decimal }

  /// The digits of the share as a whole number, below 10^18.
  public var numerator: UInt64 { decimal.numerator }
  /// The share is `numerator` / 10^`scale`; 0 to 18, as small as it can be.
  public var scale: Int { decimal.scale }
  /// The share as a decimal number, exact.
  public var words: String {
    if scale == 0 { return "\(numerator)" }
    let digits = String(numerator)
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    return "\(padded.dropLast(scale)).\(padded.suffix(scale))"
  }
  /// Whether the share is zero.
  public var isZero: Bool { numerator == 0 }
  /// The nearest `Double`, for display.
  public var approximate: Double {
    Double(numerator) / Double(ExactDecimal.powersOfTen[scale])
  }

  /// This share of a count, rounded down, exact; `UInt64.max` where it is greater than that.
  public func of(_ count: UInt64) -> UInt64 {
    let product = UInt128(numerator) * UInt128(count)
    return UInt64(clamping: product / UInt128(ExactDecimal.powersOfTen[scale]))
  }

  /// The shares as whole numbers in the same proportions, without a common divisor.
  ///
  /// Exact where the numbers and their sum fit a `UInt64`, as in every mixture file that was read;
  /// otherwise they are halved together, rounding down, until they fit.
  public static func commonNumerators(_ shares: [DecimalShare]) -> [UInt64] {
    let exact = reducedNumerators(shares)
    var shift = UInt128(0)
    while sum(exact.map { $0 >> shift }) > UInt128(UInt64.max) { shift += 1 }
    return exact.map { UInt64($0 >> shift) }
  }

  /// Whether `commonNumerators` of these shares is exact.
  package static func areExact(_ shares: [DecimalShare]) -> Bool {
    sum(reducedNumerators(shares)) <= UInt128(UInt64.max)
  }

  /// The sum of shares in percent where it is not exactly 100 %, as a text such as `95%`.
  package static func sumUnlessOne(_ shares: [DecimalShare]) -> String? {
    let scale = max(shares.map(\.scale).max() ?? 0, 2)
    let numerators = shares.map {
      UInt128($0.numerator) * UInt128(ExactDecimal.powersOfTen[scale - $0.scale])
    }
    let total = sum(numerators)
    let one = UInt128(ExactDecimal.powersOfTen[scale])
    guard total != one else { return nil }
    let (whole, rest) = total.quotientAndRemainder(dividingBy: one / 100)
    guard rest != 0 else { return "\(whole)%" }
    var digits = String(rest)
    digits = String(repeating: "0", count: scale - 2 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(whole).\(digits)%"
  }

  /// The sum, or the greatest number where it passes that.
  private static func sum(_ numbers: [UInt128]) -> UInt128 {
    numbers.reduce(0) { total, number in
      let (sum, overflow) = total.addingReportingOverflow(number)
      return overflow ? .max : sum
    }
  }

  /// Numerators over the common power of ten, each below 10^36, divided by their greatest common
  /// divisor.
  private static func reducedNumerators(_ shares: [DecimalShare]) -> [UInt128] {
    let scale = shares.map(\.scale).max() ?? 0
    let numerators = shares.map {
      UInt128($0.numerator) * UInt128(ExactDecimal.powersOfTen[scale - $0.scale])
    }
    let divisor = numerators.reduce(0, greatestCommonDivisor)
    return divisor > 1 ? numerators.map { $0 / divisor } : numerators
  }

  private static func greatestCommonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}

/// Shares as people write them.
public enum Share {
  /// The share that a text says, exact: a percentage (`5%` is 0.05) or a plain number (`0.05`);
  /// nil where it is malformed.
  public static func parse(_ text: String) -> DecimalShare? {
    let isPercentage = text.hasSuffix("%")
    guard let decimal = ExactDecimal(isPercentage ? text.dropLast() : text[...]) else { return nil }
    return DecimalShare(
      numerator: decimal.numerator, scale: decimal.scale + (isPercentage ? 2 : 0))
  }
}
