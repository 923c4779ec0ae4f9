import Bytes

/// A quotation mark outside ASCII, which is always a word of the Treebank.
struct TreebankQuote {
  /// Its bytes.
  var length: Int
  /// Whether NLTK takes it for one that opens: `«`, `“`, `‘` and `„`. The others are `»`, `”` and `’`.
  var opens: Bool

  /// The quotation mark at an index; nil where there is none.
  init?(at index: Int, in text: Span<UInt8>) {
    switch text[index] {
    case 0xC2:
      length = 2
      switch text[index + 1] {
      case 0xAB: opens = true
      case 0xBB: opens = false
      default: return nil
      }
    case 0xE2:
      length = 3
      guard text[index + 1] == 0x80 else { return nil }
      switch text[index + 2] {
      case 0x98, 0x9C, 0x9E: opens = true
      case 0x99, 0x9D: opens = false
      default: return nil
      }
    default: return nil
    }
  }

  /// The quotation mark that ends before an index of a stretch; nil where there is none.
  init?(before index: Int, in range: Range<Int>, of text: Span<UInt8>) {
    var start = index - 1
    while start > range.lowerBound && text[start] & 0xC0 == 0x80 { start -= 1 }
    self.init(at: start, in: text)
  }
}
