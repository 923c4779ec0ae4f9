/// Cuts text into the pieces of GPT-2's pattern, over UTF-8 bytes and without a regular expression.
///
/// The pattern is that of OpenAI's GPT-2 encoder, which r50k, p50k and GPT-NeoX use as well:
/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
struct GPT2Pretokenizer: Sendable {
  private let classes = UnicodeClasses.reference

  /// The end of the piece that starts at an offset inside the text; greater than the offset.
  @inline(__always)
  func pieceEnd(in text: Span<UInt8>, from start: Int) -> Int {
    var index = start
    var byte = text[index]
    if byte == 0x20 {
      index &+= 1
      guard index < text.count else { return index }
      byte = text[index]
    } else if byte == 0x27 {
      let length = contractionLength(in: text, at: start)
      if length > 0 { return start + length }
    }
    if Self.isASCIILetter(byte) { return letterRunEnd(in: text, from: index &+ 1) }
    let (kind, length) = classAndLength(in: text, at: index)
    switch kind {
    case UnicodeClasses.letter: return letterRunEnd(in: text, from: index + length)
    case UnicodeClasses.whitespace: return whitespaceEnd(in: text, from: start)
    default: return runEnd(of: kind, in: text, from: index + length)
    }
  }

  @inline(__always)
  private static func isASCIILetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  /// The class of the character at an offset, and its bytes.
  @inline(__always)
  private func classAndLength(in text: Span<UInt8>, at offset: Int) -> (UInt8, Int) {
    let byte = text[offset]
    if byte < 0x80 { return (classes.ofASCII(byte), 1) }
    let (point, length) = UTF8Decoding.scalar(in: text, at: offset)
    return (classes.of(point), length)
  }

  @inline(__always)
  private func letterRunEnd(in text: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < text.count {
      let byte = text[index]
      if Self.isASCIILetter(byte) {
        index &+= 1
        continue
      }
      if byte < 0x80 { return index }
      return runEnd(of: UnicodeClasses.letter, in: text, from: index)
    }
    return index
  }

  /// The end of a run of one class.
  @inline(never)
  private func runEnd(of kind: UInt8, in text: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < text.count {
      let (next, length) = classAndLength(in: text, at: index)
      if next != kind { break }
      index += length
    }
    return index
  }

  /// The end of a piece that starts with whitespace which no word takes.
  ///
  /// A run that something follows leaves its last character to that: `\s+(?!\S)` backs off by one
  /// character, and only a run of one character falls to `\s+`.
  @inline(never)
  private func whitespaceEnd(in text: Span<UInt8>, from start: Int) -> Int {
    var index = start
    var last = start
    while index < text.count {
      let (kind, length) = classAndLength(in: text, at: index)
      if kind != UnicodeClasses.whitespace { return last > start ? last : index }
      last = index
      index += length
    }
    return index
  }

  /// The length of the contraction at an apostrophe, or 0 where there is none.
  @inline(never)
  private func contractionLength(in text: Span<UInt8>, at offset: Int) -> Int {
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
}
