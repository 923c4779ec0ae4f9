import Bytes

/// Takes words as they are cut, and cuts clitics and contractions off them.
struct TreebankWords {
  /// The words, each with a space after it.
  private(set) var bytes: [UInt8] = []

  /// Bytes above which the memory of a huge document is given back.
  private static let largestKept = 4 << 20

  /// Begins without a word, with room for so many bytes.
  mutating func removeAll(reserving count: Int) {
    bytes.removeAll(keepingCapacity: bytes.capacity <= Self.largestKept)
    bytes.reserveCapacity(count)
  }

  /// Adds a stretch of the text as a word.
  @inline(__always)
  mutating func add(_ range: Range<Int>, of text: Span<UInt8>) {
    bytes.append(text, from: range.lowerBound, to: range.upperBound)
    bytes.append(0x20)
  }

  /// Adds a word of two equal bytes.
  mutating func addPair(_ byte: UInt8) {
    bytes.append(byte)
    bytes.append(byte)
    bytes.append(0x20)
  }

  /// Adds a stretch of letters, digits and low lines of ASCII.
  @inline(__always)
  mutating func addPlain(_ range: Range<Int>, of text: Span<UInt8>) {
    // All contractions of letters alone double their third letter.
    if range.count == 5 || range.count == 6,
      (text[range.lowerBound + 2] ^ text[range.lowerBound + 3]) & 0xDF == 0
    {
      addMixed(range, of: text)
    } else {
      add(range, of: text)
    }
  }

  /// Adds a stretch without white space, in which no mark is a word: cuts the last clitic off it, or
  /// two, and then contractions.
  mutating func addMixed(_ range: Range<Int>, of text: Span<UInt8>) {
    let clitic = TreebankClitics.last(of: range, in: text)
    let head = range.lowerBound..<(clitic ?? range.upperBound)
    // What ends in `'s` may end in another clitic before it, but not the other way round.
    if let inner = TreebankClitics.inner(of: head, in: text) {
      addContracted(head.lowerBound..<inner, of: text)
      add(inner..<head.upperBound, of: text)
    } else {
      addContracted(head, of: text)
    }
    if let clitic { add(clitic..<range.upperBound, of: text) }
  }

  /// Adds a stretch from which clitics are gone.
  private mutating func addContracted(_ range: Range<Int>, of text: Span<UInt8>) {
    var start = range.lowerBound
    var index = start
    while index < range.upperBound {
      guard let found = TreebankContractions.at(index, in: range, of: text) else {
        index += 1
        continue
      }
      addRest(start..<index, of: text)
      add(index..<found.middle, of: text)
      add(found.middle..<found.end, of: text)
      start = found.end
      index = found.end
    }
    addRest(start..<range.upperBound, of: text)
  }

  /// Adds what is left before, between and after contractions; `'tis` and `'twas` are cut at its start.
  private mutating func addRest(_ range: Range<Int>, of text: Span<UInt8>) {
    var start = range.lowerBound
    for verb in TreebankContractions.verbs {
      guard let end = TreebankContractions.end(of: verb, at: start, in: range, of: text) else {
        continue
      }
      add(start..<(start + 2), of: text)
      add((start + 2)..<end, of: text)
      start = end
    }
    if start < range.upperBound { add(start..<range.upperBound, of: text) }
  }
}
