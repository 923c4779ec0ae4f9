import Bytes

/// Counts sentences while they are cut, each with the closing punctuation that follows it.
///
/// Quotes and brackets that follow a sentence's end and are followed by white space, two hyphens or
/// the end belong to that sentence, not to the next (`_realign_boundaries` of nltk/tokenize/punkt.py).
struct PunktSlices {
  private let end: Int
  private var start = 0
  /// The sentences that are sure.
  private(set) var count = 0
  /// The sentence that waits for what follows it.
  private var waiting: Range<Int>?
  /// How many bytes of it belong to the one before.
  private var taken = 0

  /// Begins at the start of a text that ends, without white space, at an index.
  init(end: Int) { self.end = end }

  /// Ends a sentence.
  mutating func add(endingAt stop: Int, next: Int, in text: Span<UInt8>) {
    push(start..<stop, text)
    start = next
  }

  /// Ends the last sentence; the number of all.
  mutating func finish(in text: Span<UInt8>) -> Int {
    push(start..<max(start, end), text)
    if let waiting, waiting.lowerBound + taken < waiting.upperBound { count += 1 }
    return count
  }

  private mutating func push(_ slice: Range<Int>, _ text: Span<UInt8>) {
    if let waiting {
      let closing = Self.closingLength(slice, text)
      if closing > 0 || waiting.lowerBound + taken < waiting.upperBound { count += 1 }
      taken = closing
    }
    waiting = slice
  }

  /// The length of the closing punctuation that a slice begins with, and of the white space after it.
  private static func closingLength(_ slice: Range<Int>, _ text: Span<UInt8>) -> Int {
    var index = slice.lowerBound
    while index < slice.upperBound && isClosing(text[index]) { index += 1 }
    guard index > slice.lowerBound else { return 0 }
    let closing = index
    while index < slice.upperBound {
      let space = UTF8Text.spaceLength(in: text, at: index)
      if space == 0 { break }
      index += space
    }
    let isDash =
      closing + 1 < slice.upperBound && text[closing] == 0x2D && text[closing + 1] == 0x2D
    return index > closing || isDash || closing == slice.upperBound ? index - slice.lowerBound : 0
  }

  private static func isClosing(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x27, 0x29, 0x5D, 0x7D: true
    default: false
    }
  }
}
