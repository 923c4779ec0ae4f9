import Bytes

/// Finds phrases in text as Python's `str.lower` makes it, without making it.
///
/// Phrases are ASCII without capitals. Of the characters outside ASCII that `lower` makes ASCII of,
/// there are two: the Kelvin sign becomes `k`, and U+0130 becomes `i` with a dot above, which can
/// be the last letter of a phrase only.
struct PhraseFinder: Sendable {
  /// Phrases that are looked for by the same letter.
  private struct Group: Sendable {
    /// The letter, its capital, and the first byte of another character that becomes it.
    var letter: UInt8
    var capital: UInt8
    var other: UInt8
    /// The phrases with the place of the letter in each.
    var phrases: [(bytes: [UInt8], place: Int)]
  }

  private let groups: [Group]

  /// The letters of English, the rarest first; what is not here is rarer, but for the space.
  private static let common = Array("zqxjkvbpygwfmculdrhsnioate ".utf8)

  /// Takes phrases.
  ///
  /// - Throws: `badData` where one is empty, or is not ASCII in small letters.
  init(_ phrases: [[UInt8]], rule: String) throws(CuveeError) {
    var groups: [Group] = []
    for phrase in phrases {
      guard !phrase.isEmpty, phrase.allSatisfy({ $0 < 0x80 && !(0x41...0x5A).contains($0) }) else {
        let shown = String(decoding: phrase, as: UTF8.self)
        throw .badData(
          "\(rule): the phrase \"\(shown)\" must be at least one character of ASCII, "
            + "in small letters")
      }
      let ranks = phrase.map { Self.common.firstIndex(of: $0) ?? -1 }
      let place = ranks.indices.min { ranks[$0] < ranks[$1] } ?? 0
      let letter = phrase[place]
      if let group = groups.firstIndex(where: { $0.letter == letter }) {
        groups[group].phrases.append((phrase, place))
      } else {
        let isLetter = (0x61...0x7A).contains(letter)
        groups.append(
          Group(
            letter: letter, capital: isLetter ? letter - 0x20 : letter,
            other: letter == 0x6B ? 0xE2 : letter == 0x69 ? 0xC4 : letter,
            phrases: [(phrase, place)]))
      }
    }
    self.groups = groups
  }

  /// Whether a phrase is in a text.
  func isIn(_ text: Span<UInt8>) -> Bool {
    // By index, as a copy of a group costs more than the search in most lines.
    for group in groups.indices {
      let letter = (groups[group].letter, groups[group].capital, groups[group].other)
      var index = 0
      while true {
        index = ByteSearch.firstIndex(of: letter.0, letter.1, letter.2, in: text, from: index)
        guard index < text.count else { break }
        for phrase in groups[group].phrases.indices where matches(group, phrase, text, index) {
          return true
        }
        index += 1
      }
    }
    return false
  }

  /// Whether a phrase lies in a text so that the letter at a place of it is at an index.
  private func matches(
    _ group: Int, _ ordinal: Int, _ text: Span<UInt8>, _ index: Int
  ) -> Bool {
    let (phrase, place) = groups[group].phrases[ordinal]
    var position = index
    for before in stride(from: place - 1, through: 0, by: -1) {
      let length = lengthBefore(position, text, phrase[before])
      if length == 0 { return false }
      position -= length
    }
    position = index
    for next in place..<phrase.count {
      guard position < text.count else { return false }
      let length = lengthAt(position, text, phrase[next], isLast: next == phrase.count - 1)
      if length == 0 { return false }
      position += length
    }
    return true
  }

  /// The length of the character at an index, where it becomes a letter; else 0.
  @inline(__always)
  private func lengthAt(_ index: Int, _ text: Span<UInt8>, _ letter: UInt8, isLast: Bool) -> Int {
    if lowered(text[index]) == letter { return 1 }
    if letter == 0x6B && isKelvin(text, at: index) { return 3 }
    let isDotted =
      letter == 0x69 && isLast && text[index] == 0xC4 && text[index + 1] == 0xB0
    return isDotted ? 2 : 0
  }

  /// The length of the character before an index, where it becomes a letter; else 0.
  @inline(__always)
  private func lengthBefore(_ index: Int, _ text: Span<UInt8>, _ letter: UInt8) -> Int {
    guard index > 0 else { return 0 }
    if lowered(text[index - 1]) == letter { return 1 }
    return letter == 0x6B && index >= 3 && isKelvin(text, at: index - 3) ? 3 : 0
  }

  @inline(__always)
  private func lowered(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  private func isKelvin(_ text: Span<UInt8>, at index: Int) -> Bool {
    text[index] == 0xE2 && text[index + 1] == 0x84 && text[index + 2] == 0xAA
  }
}
