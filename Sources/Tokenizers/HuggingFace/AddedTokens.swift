import Bytes
import Declarations

/// Finds added tokens with their options, as Hugging Face tokenizers do: the leftmost, the longest of
/// those that start there, and then what its options say.
struct AddedTokens: Sendable {
  /// The options of a token.
  struct Options: Sendable {
    var isSpecial = false
    /// Whether it counts only between characters that are no part of words.
    var isWord = false
    /// Whether it takes the white space before it.
    var stripsLeft = false
    /// Whether it takes the white space after it.
    var stripsRight = false
  }

  private var matcher = AddedTokenMatcher()
  private var options: [UInt32: Options] = [:]
  private static let whitespace = UnicodeProperties.whitespace.table
  private static let word = UnicodeProperties.word(.rust).table

  /// Whether all tokens are plain: none has an option other than that it is special.
  private(set) var isPlain = true
  /// The same tokens without options.
  var plain: AddedTokenMatcher { matcher }

  /// Adds a token, which is not empty.
  mutating func add(_ content: [UInt8], id: UInt32, _ options: Options) {
    matcher.add(content, id: id, isSpecial: options.isSpecial)
    self.options[id] = options
    if options.isWord || options.stripsLeft || options.stripsRight { isPlain = false }
  }

  /// Calls functions with the text between tokens and with the tokens, in order.
  func split(
    _ text: Span<UInt8>, special: SpecialTokenHandling,
    text body: (_ start: Int, _ end: Int) -> Void, token: (UInt32) -> Void
  ) {
    guard matcher.finds(special: special == .parse) else { return body(0, text.count) }
    var done = 0
    var next = 0
    while let match = matcher.next(in: text, from: next) {
      next = match.end
      let options = options[match.id] ?? Options()
      if options.isSpecial && special == .ordinary { continue }
      var start = match.start
      var end = match.end
      if options.isWord, isWord(before: start, in: text) || isWord(at: end, in: text) { continue }
      if options.stripsLeft { start = max(done, spaceStart(before: start, in: text)) }
      if options.stripsRight { end = spaceEnd(from: end, in: text) }
      if done < start { body(done, start) }
      token(match.id)
      done = end
    }
    if done < text.count { body(done, text.count) }
  }

  private func isWord(at index: Int, in text: Span<UInt8>) -> Bool {
    index < text.count && Self.word[UTF8Decoding.scalar(in: text, at: index).value] != 0
  }

  private func isWord(before index: Int, in text: Span<UInt8>) -> Bool {
    index > 0 && isWord(at: Self.characterStart(before: index, in: text), in: text)
  }

  private func spaceStart(before index: Int, in text: Span<UInt8>) -> Int {
    var start = index
    while start > 0 {
      let before = Self.characterStart(before: start, in: text)
      if Self.whitespace[UTF8Decoding.scalar(in: text, at: before).value] == 0 { break }
      start = before
    }
    return start
  }

  private func spaceEnd(from index: Int, in text: Span<UInt8>) -> Int {
    var end = index
    while end < text.count {
      let (point, length) = UTF8Decoding.scalar(in: text, at: end)
      if Self.whitespace[point] == 0 { break }
      end += length
    }
    return end
  }

  private static func characterStart(before index: Int, in text: Span<UInt8>) -> Int {
    var start = index - 1
    while start > 0, start > index - 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }
}
