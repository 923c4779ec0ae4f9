/// Text made safe to print: a file's name may hold what a terminal would obey.
public enum ControlCharacters {
  /// The text with control characters, escape sequences and marks of direction as `\x1B` or
  /// `\u{202E}`; tabs and newlines stay.
  public static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var output = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard isControl(scalar) else {
        output.append(scalar)
        continue
      }
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let escape =
        scalar.value < 0x80
        ? "\\x" + (digits.count < 2 ? "0" : "") + digits : "\\u{\(digits)}"
      output.append(contentsOf: escape.unicodeScalars)
    }
    return String(output)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0...0x1F, 0x7F...0x9F: true
    // Marks that turn the direction of what follows, and separators of lines.
    case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
