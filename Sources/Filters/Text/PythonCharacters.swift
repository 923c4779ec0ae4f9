/// Classes of characters as Python's `str` and `re` have them, which C4 was made with.
struct PythonCharacters: Sendable {
  /// The classes as Python 3.11 has them.
  static let standard = PythonCharacters()

  private let uppercase = RangeSet(hexadecimal: PythonCharacterTable.uppercase)
  private let lowercase = RangeSet(hexadecimal: PythonCharacterTable.lowercase)
  private let decimals = RangeSet(hexadecimal: PythonCharacterTable.decimals)
  private let letters = RangeSet(hexadecimal: PythonCharacterTable.letters)

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

  /// `[^\W\d]`: a letter, the low line, or a number that is no decimal digit.
  func isLetter(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 {
      return (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar) || scalar == 0x5F
    }
    return letters.contains(scalar)
  }

  /// A set of code points as sorted ranges.
  private struct RangeSet {
    private var starts: [UInt32] = []
    private var ends: [UInt32] = []

    init(hexadecimal text: String) {
      for item in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        let bounds = item.split(separator: "-").map { UInt32($0, radix: 16) ?? 0 }
        starts.append(bounds[0])
        ends.append(bounds[bounds.count - 1])
      }
    }

    func contains(_ scalar: UInt32) -> Bool {
      var low = 0
      var high = starts.count
      while low < high {
        let middle = (low + high) / 2
        if starts[middle] <= scalar { low = middle + 1 } else { high = middle }
      }
      return low > 0 && scalar <= ends[low - 1]
    }
  }
}
