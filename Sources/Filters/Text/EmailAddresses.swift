import Bytes

/// E-mail addresses as datatrove 0.10.1 finds them (`datatrove/pipeline/formatters/pii.py`).
///
/// Before the `@` stand parts of letters, digits and some marks with single periods between them,
/// from the first boundary of a word (`\b`) on; after it a domain of at least two labels, or an
/// address in brackets.
enum EmailAddresses {
  /// The address whose `@` is at an index.
  ///
  /// - Parameters:
  ///   - text: Valid UTF-8.
  ///   - at: The index of the `@`.
  ///   - limit: The end of the address before; an address begins there or later.
  /// - Returns: The address; nil where there is none.
  static func range(in text: Span<UInt8>, at: Int, from limit: Int) -> Range<Int>? {
    guard let end = domainEnd(in: text, at: at + 1) else { return nil }
    // The longest stretch of parts with single periods between them that ends at the `@`.
    var start = at
    while start > limit {
      let byte = text[start - 1]
      if isLocal(byte) {
        start -= 1
      } else if byte == 0x2E, start < at, isLocal(text[start]), start - 1 > limit,
        isLocal(text[start - 2])
      {
        start -= 1
      } else {
        break
      }
    }
    // The first place in it at which a part may begin.
    while start < at {
      if isLocal(text[start]) && isBoundary(text, start) { return start..<end }
      start += 1
    }
    return nil
  }

  private static func domainEnd(in text: Span<UInt8>, at start: Int) -> Int? {
    guard start < text.count else { return nil }
    if text[start] == 0x5B { return literalEnd(in: text, at: start + 1) }
    var labels = 0
    var index = start
    var lastEnd = start
    while index < text.count && text[index].isASCIIAlphanumeric {
      var run = index
      var end = index
      while run < text.count && (text[run].isASCIIAlphanumeric || text[run] == 0x2D) {
        run += 1
        if text[run - 1].isASCIIAlphanumeric { end = run }
      }
      labels += 1
      lastEnd = end
      guard end == run, end < text.count, text[end] == 0x2E else { break }
      index = end + 1
    }
    return labels >= 2 ? lastEnd : nil
  }

  /// The end of `1.2.3.4]` or of `1.2.3.x-y:]`.
  private static func literalEnd(in text: Span<UInt8>, at start: Int) -> Int? {
    guard let last = IPAddresses.prefixEnd(in: text, at: start) else { return nil }
    var end = last
    while end < text.count && (text[end].isASCIIAlphanumeric || text[end] == 0x2D) { end += 1 }
    guard end > last, end < text.count else { return nil }
    if text[end] == 0x5D && IPAddresses.isNumber(text, last..<end) { return end + 1 }
    guard text[end - 1].isASCIIAlphanumeric, text[end] == 0x3A, end + 1 < text.count,
      text[end + 1] == 0x5D
    else { return nil }
    return end + 2
  }

  /// Whether a word begins or ends at an index: Python's `\b`.
  private static func isBoundary(_ text: Span<UInt8>, _ index: Int) -> Bool {
    let all = 0..<text.count
    return PythonWord.isWord(before: index, in: all, of: text)
      != PythonWord.isWord(at: index, in: all, of: text)
  }

  /// Letters, digits and ``!#$%&'*+/=?^_`{|}~-``.
  private static func isLocal(_ byte: UInt8) -> Bool {
    if byte.isASCIIAlphanumeric { return true }
    switch byte {
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2F, 0x3D, 0x3F, 0x5E...0x60, 0x7B...0x7E:
      return true
    default: return false
    }
  }
}
