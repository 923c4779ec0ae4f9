/// Hexadecimal forms of numbers.
public enum Hexadecimal {
  /// The 16 lower-case digits of a number.
  public static func string(_ value: UInt64) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for shift in stride(from: 60, through: 0, by: -4) {
      text.append(digits[Int(value >> UInt64(shift) & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
