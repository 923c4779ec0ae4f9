/// A decimal number as it was written, without rounding.
///
/// Invariant: `numerator` < 10^18 and 0 <= `scale` <= 18, the scale as small as it can be.
struct ExactDecimal: Sendable, Equatable {
  /// The digits as one number.
  private(set) var numerator: UInt64
  /// The number is `numerator` / 10^`scale`.
  private(set) var scale: Int

  /// The powers of ten that fit a `UInt64` and serve here: 10^0 to 10^18.
  static let powersOfTen: [UInt64] = {
    var powers: [UInt64] = [1]
    for _ in 0..<18 { powers.append((powers.last ?? 1) * 10) }
    return powers
  }()

  /// Reads digits with at most one decimal point between them; at most 18 digits after leading
  /// zeros. Signs, exponents and separators are not numbers here.
  init?(_ text: Substring) {
    var numerator: UInt64 = 0
    var scale = 0
    var seenPoint = false
    var digits = 0
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39:
        guard numerator < Self.powersOfTen[17] else { return nil }
        numerator = numerator * 10 + UInt64(byte - 0x30)
        digits += 1
        if seenPoint { scale += 1 }
        guard scale <= 18 else { return nil }
      case 0x2E:
        guard !seenPoint, digits > 0 else { return nil }
        seenPoint = true
      default: return nil
      }
    }
    guard digits > 0, text.utf8.last != 0x2E else { return nil }
    self.init(numerator: numerator, scale: scale)
  }

  /// Creates a number in its shortest form.
  init(numerator: UInt64, scale: Int) {
    var numerator = numerator
    var scale = scale
    while scale > 0, numerator % 10 == 0 {
      numerator /= 10
      scale -= 1
    }
    self.numerator = numerator
    self.scale = scale
  }

  /// The whole number that is this one times a factor, or nil where it is not whole or too large.
  func times(_ factor: UInt64) -> UInt64? {
    // Below 10^18 * 2^64, so the product fits 128 bits.
    let product = UInt128(numerator) * UInt128(factor)
    let (quotient, remainder) = product.quotientAndRemainder(
      dividingBy: UInt128(Self.powersOfTen[scale]))
    return remainder == 0 ? UInt64(exactly: quotient) : nil
  }
}
