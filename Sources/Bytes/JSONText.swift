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
    var index = 0
    let count = text.count
    while index < count {
      let byte = text[index]
      if byte >= 0x20 && byte != 0x22 && byte != 0x5C {
        index += 1
        continue
      }
      output.append(text, from: runStart, to: index)
      appendEscape(byte, to: &output)
      index += 1
      runStart = index
    }
    output.append(text, from: runStart, to: count)
    output.append(0x22)
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

extension [UInt8] {
  /// Appends the bytes of a span.
  @inlinable
  public mutating func append(_ source: Span<UInt8>) {
    unsafe source.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }

  /// Appends the bytes of a span between two offsets.
  ///
  /// - Precondition: `0 <= start <= end <= source.count`.
  @inlinable
  public mutating func append(_ source: Span<UInt8>, from start: Int, to end: Int) {
    append(source.extracting(start..<end))
  }
}
