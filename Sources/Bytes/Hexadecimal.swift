/// Hexadecimal forms of numbers.
public enum Hexadecimal {
  /// The 16 lower-case digits of a number.
  public static func string(_ value: UInt64) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(16)
    append(value, to: &digits)
    return String(decoding: digits, as: UTF8.self)
  }

  /// Appends the 16 lower-case digits of a number.
  static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    for index in 0..<16 { bytes.append(digit(value, index)) }
  }

  /// The digit of a number at a place from the left.
  @inline(__always)
  private static func digit(_ value: UInt64, _ place: Int) -> UInt8 {
    let nibble = UInt8(truncatingIfNeeded: value >> UInt64(60 - 4 * place)) & 15
    return nibble < 10 ? 0x30 + nibble : 0x57 + nibble
  }
}
