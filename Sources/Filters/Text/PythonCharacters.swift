import Bytes

/// Classes of characters as Python's `str` and `re` have them, which C4 was made with.
struct PythonCharacters: Sendable {
  /// The classes as Python 3.11 has them.
  static let standard = PythonCharacters()

  private let uppercase = CodePointRanges(hexadecimal: PythonCharacterTable.uppercase)
  private let lowercase = CodePointRanges(hexadecimal: PythonCharacterTable.lowercase)
  private let decimals = CodePointRanges(hexadecimal: PythonCharacterTable.decimals)
  private let alphabetic = CodePointRanges(hexadecimal: PythonCharacterTable.alphabetic)
  private let letters = CodePointRanges(hexadecimal: PythonCharacterTable.letters)

  /// `str.isupper` of one character.
  func isUppercase(_ scalar: UInt32) -> Bool {
    scalar < 0x80 ? (0x41...0x5A).contains(scalar) : uppercase.contains(scalar)
  }

  /// `str.islower` of one character.
  func isLowercase(_ scalar: UInt32) -> Bool {
    scalar < 0x80 ? (0x61...0x7A).contains(scalar) : lowercase.contains(scalar)
  }

  /// `\d`.
  func isDecimal(_ scalar: UInt32) -> Bool {
    scalar < 0x80 ? (0x30...0x39).contains(scalar) : decimals.contains(scalar)
  }

  /// `str.isalpha` of one character.
  func isAlphabetic(_ scalar: UInt32) -> Bool {
    scalar < 0x80
      ? (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar)
      : alphabetic.contains(scalar)
  }

  /// `[^\W\d]`: a letter, the low line, or a number that is no decimal digit.
  func isLetter(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 {
      return (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar) || scalar == 0x5F
    }
    return letters.contains(scalar)
  }
}
