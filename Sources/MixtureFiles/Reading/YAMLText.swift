/// Checks of a YAML file's text, before it is parsed.
enum YAMLText {
  /// What is wrong with a text, and where.
  struct Problem: Error {
    var mark: Mark
    var message: String
  }

  /// The text, where the bytes are UTF-8 without the control characters that YAML forbids
  /// (YAML 1.2, production 1, `c-printable`).
  static func check(_ bytes: [UInt8]) -> Result<String, Problem> {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let message = "this is UTF-16; save the file as UTF-8"
      return .failure(Problem(mark: Mark(line: 1, column: 1), message: message))
    }
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let valid = String(decoding: bytes[..<error.byteOffsets.lowerBound], as: UTF8.self)
      return .failure(Problem(mark: end(of: valid), message: "not UTF-8; save the file as UTF-8"))
    }
    // The parser takes a byte order mark for content when it is told the encoding.
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = String(decoding: bytes[start...], as: UTF8.self)
    var line = 1
    var column = 1
    for scalar in text.unicodeScalars {
      if !isAllowed(scalar) {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        let code = String(repeating: "0", count: max(0, 4 - hex.count)) + hex
        let message = "the character U+\(code) is not allowed in YAML; remove it"
        return .failure(Problem(mark: Mark(line: line, column: column), message: message))
      }
      if scalar == "\n" {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    return .success(text)
  }

  /// At most 60 characters of a text on one line.
  static func excerpt(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(60) {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.properties.generalCategory == .control {
          result += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return text.unicodeScalars.dropFirst(60).isEmpty ? result : result + "..."
  }

  /// The place after the last character of a text.
  private static func end(of text: String) -> Mark {
    let scalars = text.unicodeScalars
    let lineStart = scalars.lastIndex(of: "\n").map { scalars.index(after: $0) }
    let column = scalars[(lineStart ?? scalars.startIndex)...].count + 1
    return Mark(line: scalars.count { $0 == "\n" } + 1, column: column)
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF:
      true
    default: false
    }
  }
}
