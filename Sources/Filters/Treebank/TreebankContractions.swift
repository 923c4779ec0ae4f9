import Bytes

/// Two words that are written as one: `cannot`, `gonna`, `'tis` and the like, in any case.
///
/// Case is ignored as Python's `re` does it: of characters outside ASCII, U+0130 and U+0131 are an `i`
/// and U+017F is an `s`.
enum TreebankContractions {
  /// A contraction, in small letters.
  private struct Contraction {
    var letters: [UInt8]
    /// The letters of its first word.
    var first: Int

    init(_ first: String, _ second: String) {
      letters = Array(first.utf8) + Array(second.utf8)
      self.first = first.utf8.count
    }
  }

  private static let all = [
    Contraction("can", "not"), Contraction("d", "'ye"), Contraction("gim", "me"),
    Contraction("gon", "na"), Contraction("got", "ta"), Contraction("lem", "me"),
    Contraction("more", "'n"), wanna,
  ]
  private static let wanna = Contraction("wan", "na")

  /// What follows `'t`, each cut once, in this order.
  static let verbs = [Array("'tis".utf8), Array("'twas".utf8)]

  /// The contraction at an index of a word, where it begins and ends at word boundaries: where its
  /// second word begins, and its end.
  static func at(
    _ index: Int, in word: Range<Int>, of text: Span<UInt8>
  ) -> (middle: Int, end: Int)? {
    switch text[index] | 0x20 {
    case 0x63, 0x64, 0x67, 0x6C, 0x6D, 0x77: break
    default: return nil
    }
    guard index + 4 <= word.upperBound else { return nil }
    for place in all.indices {
      guard let found = match(place, at: index, in: word, of: text) else { continue }
      // Of `wanna` NLTK wants white space after it, not just the end of a word.
      let isEnd =
        place == all.count - 1
        ? found.end == word.upperBound
        : !PythonWord.isWord(at: found.end, in: word, of: text)
      return isEnd && !PythonWord.isWord(before: index, in: word, of: text) ? found : nil
    }
    return nil
  }

  private static func match(
    _ place: Int, at start: Int, in word: Range<Int>, of text: Span<UInt8>
  ) -> (middle: Int, end: Int)? {
    var index = start
    var middle = start
    for ordinal in all[place].letters.indices {
      if ordinal == all[place].first { middle = index }
      let length = length(of: all[place].letters[ordinal], at: index, in: word, of: text)
      if length == 0 { return nil }
      index += length
    }
    return (middle, index)
  }

  /// The end of one of `verbs` at an index of a word, where a word ends there.
  static func end(
    of verb: [UInt8], at start: Int, in word: Range<Int>, of text: Span<UInt8>
  ) -> Int? {
    var index = start
    for letter in verb {
      let length = length(of: letter, at: index, in: word, of: text)
      if length == 0 { return nil }
      index += length
    }
    return PythonWord.isWord(at: index, in: word, of: text) ? nil : index
  }

  /// The length of the character at an index where it is a letter in either case, or else 0.
  @inline(__always)
  private static func length(
    of letter: UInt8, at index: Int, in word: Range<Int>, of text: Span<UInt8>
  ) -> Int {
    guard index < word.upperBound else { return 0 }
    let byte = text[index]
    if byte == letter || (byte >= 0x41 && byte <= 0x5A && byte | 0x20 == letter) { return 1 }
    if letter == 0x69 {
      return byte == 0xC4 && (text[index + 1] == 0xB0 || text[index + 1] == 0xB1) ? 2 : 0
    }
    return letter == 0x73 && byte == 0xC5 && text[index + 1] == 0xBF ? 2 : 0
  }
}
