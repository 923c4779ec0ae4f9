import Bytes

/// Where Python's `re` finds the characters of words, and so their boundaries.
enum PythonWord {
  /// Whether the character at an index of a stretch is `\w`; not at its end.
  static func isWord(at index: Int, in range: Range<Int>, of text: Span<UInt8>) -> Bool {
    guard index < range.upperBound else { return false }
    let byte = text[index]
    if byte < 0x80 {
      return byte.isASCIIAlphanumeric || byte == 0x5F
    }
    let scalar = UTF8Text.scalar(in: text, at: index)
    return PythonCharacters.standard.isLetter(scalar) || PythonCharacters.standard.isDecimal(scalar)
  }

  /// Whether the character before an index of a stretch is `\w`; not at its start.
  static func isWord(before index: Int, in range: Range<Int>, of text: Span<UInt8>) -> Bool {
    guard index > range.lowerBound else { return false }
    var start = index - 1
    while start > range.lowerBound && text[start] & 0xC0 == 0x80 { start -= 1 }
    return isWord(at: start, in: range, of: text)
  }
}
