import Bytes

/// Finds the words of a list in a text, in one pass.
///
/// A word may be anything, also several words or a part of one. Where its boundaries count, it is
/// found between characters that are not `\w` of Python's `re`, or the ends of the text: C4's
/// `(?:\W|^)(...)(?:\W|$)`. Most places of a text are passed over by the first two bytes there.
struct WordFinder: Sendable {
  /// The words, in the order in which they are looked for at a place.
  let words: [[UInt8]]
  private let needsBoundaries: Bool
  /// A bit for each two bytes that a word may begin with.
  private var pairs: [UInt64]
  /// Where the words of each first byte begin in `ordered`; 257 of them.
  private var firsts: [Int32]
  /// The indexes of the words, by their first bytes.
  private var ordered: [Int32]

  /// Creates a finder.
  ///
  /// - Parameters:
  ///   - words: The words; none is empty.
  ///   - needsBoundaries: Whether a word must be between boundaries.
  init(_ words: [[UInt8]], needsBoundaries: Bool) {
    self.words = words
    self.needsBoundaries = needsBoundaries
    pairs = Array(repeating: 0, count: 1 << 10)
    firsts = Array(repeating: 0, count: 257)
    // A stable order: of the words at one place, the first of the list is found.
    ordered = words.indices.sorted { (words[$0][0], $0) < (words[$1][0], $1) }.map(Int32.init)
    for word in words {
      firsts[Int(word[0]) + 1] += 1
      for second in word.count > 1 ? Int(word[1])...Int(word[1]) : 0...255 {
        let pair = Int(word[0]) << 8 | second
        pairs[pair >> 6] |= 1 << UInt64(pair & 63)
      }
    }
    for byte in 0..<256 { firsts[byte + 1] += firsts[byte] }
  }

  /// The first word of a text.
  ///
  /// - Parameter text: Valid UTF-8.
  /// - Returns: Its index in `words`; nil where there is none.
  func first(in text: Span<UInt8>) -> Int? {
    let count = text.count
    for index in text.indices {
      // The last byte may be a word of one byte, whose pairs are all there.
      let second = index + 1 < count ? Int(text[index + 1]) : 0
      let pair = Int(text[index]) << 8 | second
      guard pairs[pair >> 6] & 1 << UInt64(pair & 63) != 0 else { continue }
      if needsBoundaries && index > 0 && PythonWord.isWord(before: index, in: 0..<count, of: text) {
        continue
      }
      if let found = word(at: index, text) { return found }
    }
    return nil
  }

  private func word(at index: Int, _ text: Span<UInt8>) -> Int? {
    let byte = Int(text[index])
    for place in Int(firsts[byte])..<Int(firsts[byte + 1]) {
      let word = words[Int(ordered[place])]
      guard text.holds(word, at: index) else { continue }
      let end = index + word.count
      if !needsBoundaries || !PythonWord.isWord(at: end, in: 0..<text.count, of: text) {
        return Int(ordered[place])
      }
    }
    return nil
  }
}
