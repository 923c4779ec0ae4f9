import Bytes

/// IPv4 addresses as datatrove 0.10.1 finds them (`datatrove/pipeline/formatters/pii.py`).
///
/// The expression has no boundaries: in `1234.5.6.7` it finds `234.5.6.7`, and of `1.2.3.256` the
/// first nine characters.
enum IPAddresses {
  /// The networks that Python 3.11's `ipaddress` does not take for global: those of
  /// `IPv4Address.is_private`, and shared addresses (100.64.0.0/10).
  private static let reserved: [(network: UInt32, bits: UInt32)] = [
    (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16),
    (0xAC10_0000, 12), (0xC000_0000, 29), (0xC000_00AA, 31), (0xC000_0200, 24), (0xC0A8_0000, 16),
    (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24), (0xF000_0000, 4),
  ]

  /// The end of three numbers that periods end, which begin at an index; nil where there are none.
  static func prefixEnd(in text: Span<UInt8>, at start: Int) -> Int? {
    var index = start
    for _ in 0..<3 {
      // A period must follow, so a number has all digits up to it.
      var end = index
      while end < text.count && end - index < 4 && text[end].isASCIIDigit { end += 1 }
      guard end < text.count, text[end] == 0x2E, isNumber(text, index..<end) else { return nil }
      index = end + 1
    }
    return index
  }

  /// The end of the address that begins at an index; nil where there is none.
  static func end(in text: Span<UInt8>, at start: Int) -> Int? {
    guard let last = prefixEnd(in: text, at: start), last < text.count, text[last].isASCIIDigit
    else {
      return nil
    }
    var end = last + 1
    while end < text.count && end - last < 3 && text[end].isASCIIDigit { end += 1 }
    return isNumber(text, last..<end) ? end : last + 2
  }

  /// Whether some digits are a number up to 255, zeros in front included.
  static func isNumber(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard (1...3).contains(range.count) else { return false }
    var number = 0
    for index in range {
      guard text[index].isASCIIDigit else { return false }
      number = number * 10 + Int(text[index] - 0x30)
    }
    return number <= 255
  }

  /// Whether an address is one that Python takes for an address, and a public one where only those
  /// are wanted. Zeros in front make it none.
  static func isAccepted(_ text: Span<UInt8>, _ range: Range<Int>, publicOnly: Bool) -> Bool {
    var address: UInt32 = 0
    var number: UInt32 = 0
    var digits = 0
    for index in range {
      if text[index] == 0x2E {
        address = address << 8 | number
        number = 0
        digits = 0
      } else {
        if digits > 0 && number == 0 { return false }
        number = number * 10 + UInt32(text[index] - 0x30)
        digits += 1
      }
    }
    address = address << 8 | number
    guard publicOnly else { return true }
    return !reserved.contains { address >> (32 - $0.bits) == $0.network >> (32 - $0.bits) }
  }
}
