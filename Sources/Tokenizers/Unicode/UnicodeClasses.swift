/// The classes of code points that the patterns tell apart.
///
/// A class is a byte. Its two low bits are one of `other`, `letter`, `number` and `whitespace`; the
/// two above them say where in a cased word, as o200k's pattern has it, the character may stand.
struct UnicodeClasses: Sendable {
  /// Neither letter nor number nor whitespace.
  static let other: UInt8 = 0
  /// `\p{L}`.
  static let letter: UInt8 = 1
  /// `\p{N}`.
  static let number: UInt8 = 2
  /// `\s`.
  static let whitespace: UInt8 = 3
  /// The bits of the four above.
  static let kinds: UInt8 = 3
  /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`, with which a cased word starts.
  static let starts: UInt8 = 4
  /// `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`, with which a cased word ends.
  static let ends: UInt8 = 8

  private let table: CodePointTable

  /// The classes as the reference tokenizers have them.
  static let reference = UnicodeClasses()

  private init() {
    func entries(
      _ words: String, _ value: UInt8
    ) -> [(range: ClosedRange<UInt32>, value: UInt8)] {
      CodePointTable.ranges(words).map { ($0, value) }
    }
    // A later entry replaces an earlier one: letters that are neither upper nor lower are both.
    table = CodePointTable(
      entries(UnicodeClassTable.letters, Self.letter | Self.starts | Self.ends)
        + entries(UnicodeClassTable.uppercase, Self.letter | Self.starts)
        + entries(UnicodeClassTable.lowercase, Self.letter | Self.ends)
        + entries(UnicodeClassTable.marks, Self.other | Self.starts | Self.ends)
        + entries(UnicodeClassTable.numbers, Self.number)
        + entries(UnicodeClassTable.whitespace, Self.whitespace))
  }

  /// The class of a code point.
  @inline(__always)
  func of(_ point: UInt32) -> UInt8 { table[point] }

  /// The class of the character at an offset inside a text, and its bytes.
  @inline(__always)
  func character(in text: Span<UInt8>, at offset: Int) -> (value: UInt8, length: Int) {
    let byte = text[offset]
    if byte < 0x80 { return (table[latin: byte], 1) }
    let (point, length) = UTF8Decoding.scalar(in: text, at: offset)
    return (table[point], length)
  }

  /// The kind of the character at an offset inside a text, and its bytes.
  @inline(__always)
  func kind(in text: Span<UInt8>, at offset: Int) -> (kind: UInt8, length: Int) {
    let (value, length) = character(in: text, at: offset)
    return (value & Self.kinds, length)
  }

  /// The end of the run of characters of one kind that starts at an offset; the offset itself where
  /// another kind stands there.
  func runEnd(of kind: UInt8, in text: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < text.count {
      let (found, length) = self.kind(in: text, at: index)
      if found != kind { break }
      index += length
    }
    return index
  }
}
