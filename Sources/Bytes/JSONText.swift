/// Writes strings of corpus text as JSON.
///
/// simdjson reads but does not write, and Foundation's encoder is too slow for corpus text, so
/// this is the one place where JSON is written by hand. Everything else goes through `Codable`.
public enum JSONText {
  /// Appends bytes of valid UTF-8 as a quoted JSON string (RFC 8259 section 7: quotation mark,
  /// reverse solidus and control characters are escaped, all else is copied in runs).
  public static func appendString(_ text: Span<UInt8>, to output: inout [UInt8]) {
    output.append(0x22)
    var runStart = 0
    while true {
      let index = endOfRun(in: text, from: runStart)
      output.append(text, from: runStart, to: index)
      if index == text.count { break }
      appendEscape(text[index], to: &output)
      runStart = index + 1
    }
    output.append(0x22)
  }

  /// The index of the first byte at or after an index that has to be escaped, or the count.
  ///
  /// Looks at eight bytes at once. Taking 1 from the byte of a word borrows from the byte above only
  /// where the byte was 0, a find itself, so the lowest bit set is that of the first find.
  @inline(__always)
  private static func endOfRun(in text: Span<UInt8>, from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var index = start
    while index + 8 <= text.count {
      let word = text.loadLittleEndian(UInt64.self, at: index)
      let quotes = word ^ (ones &* 0x22)
      let backslashes = word ^ (ones &* 0x5C)
      let finds =
        ((word &- ones &* 0x20) & ~word) | ((quotes &- ones) & ~quotes)
        | ((backslashes &- ones) & ~backslashes)
      let bits = finds & (ones &* 0x80)
      if bits != 0 { return index + bits.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < text.count {
      let byte = text[index]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
      index += 1
    }
    return index
  }

  /// Appends a string as a quoted JSON string.
  public static func appendString(_ text: String, to output: inout [UInt8]) {
    let bytes = Array(text.utf8)
    appendString(bytes.span, to: &output)
  }

  private static func appendEscape(_ byte: UInt8, to output: inout [UInt8]) {
    switch byte {
    case 0x22: output += [0x5C, 0x22]
    case 0x5C: output += [0x5C, 0x5C]
    case 0x0A: output += [0x5C, 0x6E]
    case 0x0D: output += [0x5C, 0x72]
    case 0x09: output += [0x5C, 0x74]
    default:
      let digits = Array("0123456789abcdef".utf8)
      output += [0x5C, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
}
