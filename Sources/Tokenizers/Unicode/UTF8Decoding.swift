/// Reads and writes single code points of UTF-8.
enum UTF8Decoding {
  /// The code point at an offset and its length in bytes.
  ///
  /// Bytes that are not UTF-8 count as U+FFFD of one byte each, so that scanning always ends.
  @inline(__always)
  static func scalar(in text: Span<UInt8>, at offset: Int) -> (value: UInt32, length: Int) {
    let first = UInt32(text[offset])
    if first < 0x80 { return (first, 1) }
    return multibyteScalar(in: text, at: offset)
  }

  private static func multibyteScalar(
    in text: Span<UInt8>, at offset: Int
  ) -> (value: UInt32, length: Int) {
    let first = UInt32(text[offset])
    let invalid: (value: UInt32, length: Int) = (0xFFFD, 1)
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, offset + length <= text.count else { return invalid }
    var value = first & (0x7F >> UInt32(length))
    for index in offset + 1..<offset + length {
      let byte = UInt32(text[index])
      guard byte & 0xC0 == 0x80 else { return invalid }
      value = value << 6 | byte & 0x3F
    }
    return value <= 0x10FFFF ? (value, length) : invalid
  }

  /// Appends a code point.
  static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | value >> shift & 0x3F) }
    switch value {
    case ..<0x80: bytes.append(UInt8(value))
    case ..<0x800: bytes += [UInt8(0xC0 | value >> 6), tail(0)]
    case ..<0x10000: bytes += [UInt8(0xE0 | value >> 12), tail(6), tail(0)]
    default: bytes += [UInt8(0xF0 | value >> 18 & 7), tail(12), tail(6), tail(0)]
    }
  }
}
