import Bytes

/// Where the clusters of characters end (Unicode Standard Annex 29), as the library that Hugging Face's
/// Precompiled uses has them.
enum GraphemeClusters {
  /// What a character is to clusters, as bits.
  private struct Kind: OptionSet {
    let rawValue: UInt8
    static let extends = Kind(rawValue: 1)
    static let control = Kind(rawValue: 2)
    static let prepends = Kind(rawValue: 4)
    static let pictograph = Kind(rawValue: 8)
    static let between = Kind(rawValue: 16)
    static let linker = Kind(rawValue: 32)
    static let consonant = Kind(rawValue: 64)
    static let hangul = Kind(rawValue: 128)
  }

  private static let kinds: CodePointTable = {
    typealias Clusters = UnicodeProperties.Clusters
    let sets: [(CodePointSet, Kind)] = [
      (Clusters.extenders, .extends), (Clusters.controls, .control),
      (Clusters.prepended, .prepends), (Clusters.pictographs, .pictograph),
      (Clusters.between, .between), (Clusters.linkers, .linker),
      (Clusters.consonants, .consonant), (hangul, .hangul),
    ]
    var values = [UInt8](repeating: 0, count: Int(CodePointSet.last) + 1)
    for (set, kind) in sets {
      for range in set.ranges {
        for point in range { values[Int(point)] |= kind.rawValue }
      }
    }
    return CodePointTable(values)
  }()

  private static let joiner: UInt32 = 0x200D
  private static let nonJoiner: UInt32 = 0x200C
  private static let leading = CodePointSet([0x1100...0x115F, 0xA960...0xA97C])
  private static let vowels = CodePointSet([0x1160...0x11A7, 0xD7B0...0xD7C6])
  private static let trailing = CodePointSet([0x11A8...0x11FF, 0xD7CB...0xD7FB])
  private static let syllables = CodePointSet([0xAC00...0xD7A3])
  private static let hangul = leading.union(vowels).union(trailing).union(syllables)
  private static let regional: ClosedRange<UInt32> = 0x1F1E6...0x1F1FF

  /// What of a cluster decides whether another character belongs to it.
  private struct State {
    var point: UInt32
    var kind: Kind
    /// Whether a pictograph stands before, with nothing but what may stand between.
    var isPictograph: Bool
    /// Whether a joiner follows it at once.
    var isJoined = false
    var isConsonant: Bool
    /// Whether a linker follows the consonant.
    var isLinked = false
    var regionals: Int

    init(_ point: UInt32, _ kind: Kind) {
      self.point = point
      self.kind = kind
      isPictograph = kind.contains(.pictograph)
      isConsonant = kind.contains(.consonant)
      regionals = regional.contains(point) ? 1 : 0
    }

    func takes(_ next: UInt32, _ kind: Kind) -> Bool {
      if kind.contains(.control) || self.kind.contains(.control) { return false }
      if kind.contains(.extends) || self.kind.contains(.prepends) { return true }
      if kind.contains(.hangul), self.kind.contains(.hangul) { return joinsHangul(point, next) }
      return isJoined && kind.contains(.pictograph) || isLinked && kind.contains(.consonant)
        || regionals == 1 && regional.contains(next)
    }

    mutating func add(_ next: UInt32, _ kind: Kind) {
      let isBetween = kind.contains(.between)
      isJoined = isPictograph && next == joiner
      isPictograph = kind.contains(.pictograph) || isPictograph && isBetween
      if kind.contains(.consonant) {
        (isConsonant, isLinked) = (true, false)
      } else if kind.contains(.linker) {
        isLinked = isConsonant
      } else if !(isBetween && next != nonJoiner || next == joiner) {
        (isConsonant, isLinked) = (false, false)
      }
      regionals += regional.contains(next) ? 1 : 0
      point = next
      self.kind = kind
    }
  }

  private static func joinsHangul(_ first: UInt32, _ second: UInt32) -> Bool {
    if leading.contains(first) { return !trailing.contains(second) }
    let isSyllable = syllables.contains(first)
    let endsInVowel = isSyllable ? (first - 0xAC00) % 28 == 0 : vowels.contains(first)
    return trailing.contains(second) || endsInVowel && vowels.contains(second)
  }

  /// The end of the cluster that starts at an offset inside a text.
  static func end(in text: Span<UInt8>, from start: Int) -> Int {
    let (first, length) = UTF8Decoding.scalar(in: text, at: start)
    var end = start + length
    if first == 0x0D, end < text.count, text[end] == 0x0A { return end + 1 }
    var state = State(first, Kind(rawValue: kinds[first]))
    while end < text.count {
      // Of ASCII, only what is prepended takes anything.
      if text[end] < 0x80, !state.kind.contains(.prepends) { break }
      let (point, length) = UTF8Decoding.scalar(in: text, at: end)
      let kind = Kind(rawValue: kinds[point])
      guard state.takes(point, kind) else { break }
      state.add(point, kind)
      end += length
    }
    return end
  }
}
