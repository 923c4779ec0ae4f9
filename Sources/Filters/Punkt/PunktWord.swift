/// What the model knows of a word.
struct PunktWord: OptionSet, Sendable {
  let rawValue: UInt32

  /// It was seen with a small first letter.
  static let lower = PunktWord(rawValue: 1)
  /// It was seen with a capital.
  static let upper = PunktWord(rawValue: 2)
  /// It was seen with a capital inside a sentence.
  static let middleUpper = PunktWord(rawValue: 4)
  /// It was seen with a small first letter at the start of a sentence.
  static let startLower = PunktWord(rawValue: 8)
  /// It is an abbreviation, its last period not counted.
  static let abbreviation = PunktWord(rawValue: 16)
  /// It often begins a sentence.
  static let starter = PunktWord(rawValue: 32)

  /// The first word of the collocations of an ordinal below 8.
  static func first(_ ordinal: Int) -> PunktWord { PunktWord(rawValue: 1 << (8 + ordinal)) }
  /// A second word of the collocations of an ordinal below 8.
  static func second(_ ordinal: Int) -> PunktWord { PunktWord(rawValue: 1 << (16 + ordinal)) }

  /// Whether this word, a period and another word are a collocation.
  func collocates(with next: PunktWord) -> Bool {
    (rawValue >> 8) & (next.rawValue >> 16) & 0xFF != 0
  }
}
