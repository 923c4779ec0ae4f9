/// The words of a Punkt model with what it knows of them.
///
/// A table with open addressing over one array of bytes. Words are looked up as Python's `lower`
/// makes them, without making a copy.
struct PunktDictionary: Sendable {
  /// What stands for a number in the model.
  static let number = "##number##"
  /// What is known of a number before a period.
  let numberBits: PunktWord

  /// The words, one after another.
  private let bytes: [UInt8]
  /// Where each word begins, and the end of the last.
  private let starts: [Int32]
  private let bits: [PunktWord]
  /// For each slot the ordinal of a word plus 1; 0 is a free slot.
  private let slots: [UInt16]
  private let mask: Int

  /// NLTK's model for English.
  static let english = PunktDictionary()

  private init() {
    var words: [String: PunktWord] = [:]
    for (context, code) in PunktEnglishModel.contexts {
      for word in Self.words(frontCoded: code) {
        words[word, default: []].insert(PunktWord(rawValue: UInt32(context)))
      }
    }
    for word in PunktEnglishModel.abbreviations.split(separator: "|") {
      words[String(word), default: []].insert(.abbreviation)
    }
    for word in PunktEnglishModel.starters.split(separator: "|") {
      words[String(word), default: []].insert(.starter)
    }
    for (ordinal, (first, seconds)) in PunktEnglishModel.collocations.enumerated() {
      words[first, default: []].insert(.first(ordinal))
      for second in seconds.split(separator: "|") {
        words[String(second), default: []].insert(.second(ordinal))
      }
    }
    numberBits = words[Self.number] ?? []

    var slotCount = 1024
    while slotCount < 3 * words.count { slotCount *= 2 }
    var bytes: [UInt8] = []
    var starts: [Int32] = [0]
    var bits: [PunktWord] = []
    var slots = [UInt16](repeating: 0, count: slotCount)
    for (word, known) in words.sorted(by: { $0.key < $1.key }) {
      let letters = Array(word.utf8)
      bytes += letters
      starts.append(Int32(bytes.count))
      bits.append(known)
      var slot = Self.hash(letters.span, 0..<letters.count) ?? 0
      while slots[slot & (slotCount - 1)] != 0 { slot += 1 }
      slots[slot & (slotCount - 1)] = UInt16(bits.count)
    }
    self.bytes = bytes
    self.starts = starts
    self.bits = bits
    self.slots = slots
    mask = slotCount - 1
  }

  /// What is known of a word, lowered; nothing of words that are not in the model.
  func bits(of word: Range<Int>, in text: Span<UInt8>) -> PunktWord {
    guard var slot = Self.hash(text, word) else { return [] }
    while true {
      let entry = Int(slots[slot & mask])
      if entry == 0 { return [] }
      if isEqual(entry - 1, text, word) { return bits[entry - 1] }
      slot += 1
    }
  }

  private func isEqual(_ entry: Int, _ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    var index = word.lowerBound
    for place in Int(starts[entry])..<Int(starts[entry + 1]) {
      guard index < word.upperBound else { return false }
      let (letter, length) = Self.lowered(text, index)
      if letter != bytes[place] { return false }
      index += length
    }
    return index == word.upperBound
  }

  /// The hash of a lowered word (FNV-1a, 64 bits); nil where it is not ASCII, as all in the model are.
  private static func hash(_ text: Span<UInt8>, _ word: Range<Int>) -> Int? {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var index = word.lowerBound
    while index < word.upperBound {
      let (letter, length) = lowered(text, index)
      if letter >= 0x80 { return nil }
      hash = (hash ^ UInt64(letter)) &* 0x100_0000_01B3
      index += length
    }
    return Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0xFFFF_FFFF)
  }

  /// The letter that `str.lower` makes of a character, where that is ASCII; else its first byte.
  ///
  /// Of the characters outside ASCII only the Kelvin sign becomes one ASCII letter. U+0130 becomes
  /// two characters of which the second is not ASCII.
  @inline(__always)
  private static func lowered(_ text: Span<UInt8>, _ index: Int) -> (letter: UInt8, length: Int) {
    let byte = text[index]
    if byte >= 0x41 && byte <= 0x5A { return (byte | 0x20, 1) }
    if byte == 0xE2 && text[index + 1] == 0x84 && text[index + 2] == 0xAA { return (0x6B, 3) }
    return (byte, 1)
  }

  private static func words(frontCoded code: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    for byte in code.utf8 {
      if byte >= 0x41 && byte <= 0x5A {
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        word.removeSubrange(min(word.count, Int(byte - 0x41))...)
      } else {
        word.append(byte)
      }
    }
    return words + [String(decoding: word, as: UTF8.self)]
  }
}
