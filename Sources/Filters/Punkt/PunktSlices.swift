import Bytes

/// Puts sentences together while they are cut, each with the closing punctuation that follows it.
///
/// Quotes and brackets that follow a sentence's end and are followed by white space, two hyphens or
/// the end belong to that sentence, not to the next (`_realign_boundaries` of nltk/tokenize/punkt.py).
struct PunktSlices {
  private let end: Int
  private var start = 0
  /// The sentence that waits for what follows it; nil before the first and after the last.
  private var waiting: Range<Int>?
  /// How many bytes of it belong to the one before.
  private var taken = 0
  private var isFinished = false

  /// Begins at the start of a text that ends, without white space, at an index.
  init(end: Int) { self.end = end }

  /// Ends a sentence.
  ///
  /// - Returns: The one before, which is whole now, where there is one.
  mutating func add(endingAt stop: Int, next: Int, in text: Span<UInt8>) -> Range<Int>? {
    let whole = push(start..<stop, text)
    start = next
    return whole
  }

  /// Ends the last sentence.
  ///
  /// - Returns: A sentence that was not given yet, or nil where there is no other.
  mutating func finish(in text: Span<UInt8>) -> Range<Int>? {
    if !isFinished {
      isFinished = true
      if let whole = push(start..<max(start, end), text) { return whole }
    }
    guard let last = waiting else { return nil }
    waiting = nil
    let first = last.lowerBound + taken
    return first < last.upperBound ? first..<last.upperBound : nil
  }

  private mutating func push(_ slice: Range<Int>, _ text: Span<UInt8>) -> Range<Int>? {
    var whole: Range<Int>?
    if let waiting {
      let first = waiting.lowerBound + taken
      let closing = Self.closing(slice, text)
      if closing.length > 0 {
        whole = first..<(slice.lowerBound + closing.marks)
      } else if first < waiting.upperBound {
        whole = first..<waiting.upperBound
      }
      taken = closing.length
    }
    waiting = slice
    return whole
  }

  /// The length of the closing punctuation that a slice begins with, without and with the white space
  /// after it.
  private static func closing(
    _ slice: Range<Int>, _ text: Span<UInt8>
  ) -> (marks: Int, length: Int) {
    var index = slice.lowerBound
    while index < slice.upperBound && isClosing(text[index]) { index += 1 }
    guard index > slice.lowerBound else { return (0, 0) }
    let closing = index
    while index < slice.upperBound {
      let space = UTF8Text.spaceLength(in: text, at: index)
      if space == 0 { break }
      index += space
    }
    let isDash =
      closing + 1 < slice.upperBound && text[closing] == 0x2D && text[closing + 1] == 0x2D
    guard index > closing || isDash || closing == slice.upperBound else { return (0, 0) }
    return (closing - slice.lowerBound, index - slice.lowerBound)
  }

  private static func isClosing(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x27, 0x29, 0x5D, 0x7D: true
    default: false
    }
  }
}
