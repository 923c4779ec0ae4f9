/// The classes of code points that GPT-2's pattern tells apart: `\p{L}`, `\p{N}`, `\s`, the rest.
struct UnicodeClasses: Sendable {
  /// Neither letter nor number nor whitespace.
  static let other: UInt8 = 0
  /// `\p{L}`.
  static let letter: UInt8 = 1
  /// `\p{N}`.
  static let number: UInt8 = 2
  /// `\s`.
  static let whitespace: UInt8 = 3

  private let table: CodePointTable

  /// The classes as the reference tokenizers have them.
  static let reference = UnicodeClasses()

  private init() {
    func entries(
      _ words: String, _ value: UInt8
    ) -> [(range: ClosedRange<UInt32>, value: UInt8)] {
      CodePointTable.ranges(words).map { ($0, value) }
    }
    table = CodePointTable(
      entries(UnicodeClassTable.letters, Self.letter)
        + entries(UnicodeClassTable.numbers, Self.number)
        + entries(UnicodeClassTable.whitespace, Self.whitespace))
  }

  /// The class of an ASCII character.
  @inline(__always)
  func ofASCII(_ byte: UInt8) -> UInt8 { table[latin: byte] }

  /// The class of a code point.
  @inline(__always)
  func of(_ point: UInt32) -> UInt8 { table[point] }
}
