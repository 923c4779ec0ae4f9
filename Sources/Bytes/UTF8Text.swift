import CByteKernels

/// Steps through text that is valid UTF-8.
public enum UTF8Text {
  /// The length in bytes of the character that a byte begins.
  @inlinable @inline(__always)
  public static func length(_ lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  /// The character that begins at an index.
  @inlinable
  public static func scalar(in text: Span<UInt8>, at index: Int) -> UInt32 {
    let lead = UInt32(text[index])
    func next(_ offset: Int) -> UInt32 { UInt32(text[index + offset] & 0x3F) }
    switch length(text[index]) {
    case 1: return lead
    case 2: return (lead & 0x1F) << 6 | next(1)
    case 3: return (lead & 0x0F) << 12 | next(1) << 6 | next(2)
    default: return (lead & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3)
    }
  }

  /// The number of characters, as Python's `len` counts them; 16 bytes at a time where the machine can.
  public static func count(_ text: Span<UInt8>) -> Int {
    // The kernel reads only the text's bytes.
    unsafe text.withUnsafeBufferPointer { unsafe cuvee_count_characters($0.baseAddress, $0.count) }
  }

  /// The length in bytes of the white space character at an index, 0 where there is none.
  ///
  /// White space is what Python's `str.isspace`, `str.split`, `str.strip` and `\s` take for it:
  /// U+0009 to U+000D, U+001C to U+0020, U+0085, U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029,
  /// U+202F, U+205F and U+3000.
  @inlinable @inline(__always)
  public static func spaceLength(in text: Span<UInt8>, at index: Int) -> Int {
    let byte = text[index]
    if byte < 0x80 { return byte <= 0x20 && isASCIISpace(byte) ? 1 : 0 }
    return byte >= 0xC2 && byte <= 0xE3 ? wideSpaceLength(in: text, at: index) : 0
  }

  @inlinable
  static func wideSpaceLength(in text: Span<UInt8>, at index: Int) -> Int {
    switch text[index] {
    case 0xC2: return text[index + 1] == 0x85 || text[index + 1] == 0xA0 ? 2 : 0
    case 0xE1: return text[index + 1] == 0x9A && text[index + 2] == 0x80 ? 3 : 0
    case 0xE2:
      let last = text[index + 2]
      if text[index + 1] == 0x81 { return last == 0x9F ? 3 : 0 }
      guard text[index + 1] == 0x80 else { return 0 }
      return last <= 0x8A || last == 0xA8 || last == 0xA9 || last == 0xAF ? 3 : 0
    case 0xE3: return text[index + 1] == 0x80 && text[index + 2] == 0x80 ? 3 : 0
    default: return 0
    }
  }

  @inlinable @inline(__always)
  static func isASCIISpace(_ byte: UInt8) -> Bool {
    byte >= 0x1C || (byte >= 0x09 && byte <= 0x0D)
  }

  /// A range of the text without white space at its ends: `str.strip`.
  @inlinable
  public static func stripped(_ range: Range<Int>, in text: Span<UInt8>) -> Range<Int> {
    var start = range.lowerBound
    while start < range.upperBound {
      let length = spaceLength(in: text, at: start)
      if length == 0 { break }
      start += length
    }
    return start..<endWithoutSpace(start..<range.upperBound, in: text)
  }

  /// The end of a range without the white space at its end: `str.rstrip`.
  @inlinable
  public static func endWithoutSpace(_ range: Range<Int>, in text: Span<UInt8>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound {
      var last = end - 1
      while last > range.lowerBound && text[last] & 0xC0 == 0x80 { last -= 1 }
      if spaceLength(in: text, at: last) == 0 { break }
      end = last
    }
    return end
  }
}
