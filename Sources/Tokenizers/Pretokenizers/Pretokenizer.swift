/// Cuts text into the pieces of a pattern, one character at a time: the truth that the faster
/// scanners are held against, and what cuts the pieces that are too long for them.
protocol Pretokenizer: Sendable {
  /// The end of the piece that starts at an offset inside the text; greater than the offset.
  ///
  /// Where a piece ends depends on the text from its start on, never on what stands before.
  func pieceEnd(in text: Span<UInt8>, from start: Int) -> Int
}

/// What the patterns have in common.
enum PretokenParts {
  /// The length of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d` at an apostrophe, or 0.
  static func contractionLength(in text: Span<UInt8>, at offset: Int) -> Int {
    guard offset + 1 < text.count else { return 0 }
    let first = text[offset + 1]
    switch first {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return 2
    default: break
    }
    guard offset + 2 < text.count else { return 0 }
    switch (first, text[offset + 2]) {
    case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
      (UInt8(ascii: "l"), UInt8(ascii: "l")):
      return 3
    default: return 0
    }
  }

  /// The same in any case, with U+017F, the long s, which folds to s.
  static func caselessContractionLength(in text: Span<UInt8>, at offset: Int) -> Int {
    guard offset + 1 < text.count else { return 0 }
    let first = text[offset + 1]
    switch first | 0x20 {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return 2
    default: break
    }
    guard offset + 2 < text.count else { return 0 }
    let second = text[offset + 2]
    if first == 0xC5 && second == 0xBF { return 3 }
    switch (first | 0x20, second | 0x20) {
    case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
      (UInt8(ascii: "l"), UInt8(ascii: "l")):
      return 3
    default: return 0
    }
  }

  /// Whether a byte is CR or LF.
  @inline(__always)
  static func isNewline(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// The end of at most `limit` numbers.
  static func numberEnd(
    in text: Span<UInt8>, from start: Int, limit: Int, _ classes: UnicodeClasses
  ) -> Int {
    var index = start
    var count = 0
    while index < text.count && count < limit {
      let (kind, length) = classes.kind(in: text, at: index)
      if kind != UnicodeClasses.number { break }
      index += length
      count += 1
    }
    return index
  }

  /// The end of ` ?[^\s\p{L}\p{N}]+[\r\n]*` without its start, of which the last part is given.
  static func symbolEnd(
    in text: Span<UInt8>, from start: Int, slashes: Bool, _ classes: UnicodeClasses
  ) -> Int {
    var index = classes.runEnd(of: UnicodeClasses.other, in: text, from: start)
    while index < text.count {
      let byte = text[index]
      guard isNewline(byte) || slashes && byte == UInt8(ascii: "/") else { break }
      index += 1
    }
    return index
  }

  /// The end of `\s*[\r\n]+|\s+(?!\S)|\s+` at whitespace that no word takes.
  ///
  /// A run goes through its last line end. Without one, a run that something follows leaves its
  /// last character to that, as `(?!\S)` backs off by one; only a run of one character falls to
  /// `\s+`. Where `endWins`, a run up to the end of the text is one piece whatever is in it, as with
  /// `\s++$` before the others.
  static func spaceEnd(
    in text: Span<UInt8>, from start: Int, endWins: Bool, _ classes: UnicodeClasses
  ) -> Int {
    var index = start
    var last = start
    var newlineEnd = start
    while index < text.count {
      let (kind, length) = classes.kind(in: text, at: index)
      if kind != UnicodeClasses.whitespace { break }
      last = index
      if isNewline(text[index]) { newlineEnd = index + 1 }
      index += length
    }
    let isAtEnd = index == text.count
    if isAtEnd && endWins { return index }
    if newlineEnd > start { return newlineEnd }
    return isAtEnd || last == start ? index : last
  }
}
