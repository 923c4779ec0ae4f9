import Bytes

/// The ends of words that are words of their own: `'s`, `n't` and the like.
enum TreebankClitics {
  /// Where `'`, or one of `'s`, `'m` and `'d` in either case, begins at the end of a word; nil where it
  /// does not, or nothing or another apostrophe is before it.
  ///
  /// `([^' ])('[sS]|'[mM]|'[dD]|') `
  static func last(of word: Range<Int>, in text: Span<UInt8>) -> Int? {
    var start = word.upperBound - 1
    guard start > word.lowerBound else { return nil }
    if text[start] != 0x27 {
      switch text[start] | 0x20 {
      case 0x73, 0x6D, 0x64: start -= 1
      default: return nil
      }
    }
    return isClitic(at: start, of: word, in: text) && text[start] == 0x27 ? start : nil
  }

  /// Where `'ll`, `'re`, `'ve` or `n't`, in small letters or in capitals, begins at the end of a word.
  ///
  /// `([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) `
  static func inner(of word: Range<Int>, in text: Span<UInt8>) -> Int? {
    let start = word.upperBound - 3
    guard isClitic(at: start, of: word, in: text) else { return nil }
    switch (text[start], text[start + 1], text[start + 2]) {
    case (0x27, 0x6C, 0x6C), (0x27, 0x4C, 0x4C), (0x27, 0x72, 0x65), (0x27, 0x52, 0x45),
      (0x27, 0x76, 0x65), (0x27, 0x56, 0x45), (0x6E, 0x27, 0x74), (0x4E, 0x27, 0x54):
      return start
    default: return nil
    }
  }

  private static func isClitic(at start: Int, of word: Range<Int>, in text: Span<UInt8>) -> Bool {
    start > word.lowerBound && text[start - 1] != 0x27
  }
}
