/// The arithmetic of Hangul syllables (Unicode Standard, section 3.12).
enum Hangul {
  private static let initials: ClosedRange<UInt32> = 0x1100...0x1112
  /// The vowels that follow an initial consonant.
  static let vowels: ClosedRange<UInt32> = 0x1161...0x1175
  /// The consonants that may end a syllable.
  static let finals: ClosedRange<UInt32> = 0x11A8...0x11C2
  private static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3
  private static let finalCount: UInt32 = 28
  private static let vowelCount: UInt32 = 21

  /// Appends the parts of a syllable; false for all else.
  static func appendDecomposition(of point: UInt32, to points: inout [UInt32]) -> Bool {
    guard syllables.contains(point) else { return false }
    let index = point - syllables.lowerBound
    let final = index % finalCount
    let pair = index / finalCount
    points.append(initials.lowerBound + pair / vowelCount)
    points.append(vowels.lowerBound + pair % vowelCount)
    if final > 0 { points.append(finals.lowerBound + final - 1) }
    return true
  }

  /// The syllable of an initial and a vowel, or of an open syllable and a final.
  static func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if initials.contains(first), vowels.contains(second) {
      let pair = (first - initials.lowerBound) * vowelCount + second - vowels.lowerBound
      return syllables.lowerBound + pair * finalCount
    }
    if syllables.contains(first), finals.contains(second),
      (first - syllables.lowerBound) % finalCount == 0
    {
      return first + second - finals.lowerBound + 1
    }
    return nil
  }
}
