import Bytes

/// Cuts one sentence into words at its marks, as the regular expressions of NLTK's
/// `NLTKWordTokenizer` do together.
///
/// Each expression sees what those before it have made of the sentence. What matters of that is
/// whether a space or two backticks stand beside a mark by then; the comments name it.
struct TreebankSentence {
  private let range: Range<Int>
  private let marks: TreebankBytes
  /// The period that ends the sentence, with nothing but closing marks after it; -1 for none.
  private let lastPeriod: Int
  /// Where the word begins that is not ended yet.
  private var start: Int
  /// Whether it is letters, digits and low lines of ASCII alone.
  private var isPlain = true
  /// A colon or comma that another one before it has used up; -1 for none.
  private var usedColon = -1

  /// Takes a sentence without white space at its end.
  init(_ range: Range<Int>, in text: Span<UInt8>, _ marks: TreebankBytes) {
    self.range = range
    self.marks = marks
    start = range.lowerBound
    lastPeriod = Self.lastPeriod(range, in: text)
  }

  /// Cuts the sentence.
  mutating func cut(_ text: Span<UInt8>, into words: inout TreebankWords) {
    var index = range.lowerBound
    while index < range.upperBound {
      switch marks[text[index]] {
      case .word: index += 1
      case .other:
        isPlain = false
        index += 1
      case .space:
        endWord(at: index, text, &words)
        index += 1
        start = index
      case .mark: index = split(index..<index + 1, text, &words)
      case .quote:
        endWord(at: index, text, &words)
        words.addPair(opensQuote(at: index, text) ? 0x60 : 0x27)
        index += 1
        start = index
      case .apostrophe: index = cutApostrophes(at: index, text, &words)
      case .backtick: index = split(index..<index + (isTwice(index, text) ? 2 : 1), text, &words)
      case .hyphen:
        if isTwice(index, text) {
          index = split(index..<index + 2, text, &words)
        } else {
          isPlain = false
          index += 1
        }
      case .period: index = cutPeriods(at: index, text, &words)
      case .colon: index = cutColon(at: index, text, &words)
      case .lead: index = cutWide(at: index, text, &words)
      }
    }
    endWord(at: index, text, &words)
  }

  /// Ends the word before an index, if there is one.
  @inline(__always)
  private mutating func endWord(
    at index: Int, _ text: Span<UInt8>, _ words: inout TreebankWords
  ) {
    if index > start {
      if isPlain {
        words.addPlain(start..<index, of: text)
      } else {
        words.addMixed(start..<index, of: text)
      }
    }
    start = index
    isPlain = true
  }

  /// Makes a stretch a word of its own; its end.
  @inline(__always)
  private mutating func split(
    _ mark: Range<Int>, _ text: Span<UInt8>, _ words: inout TreebankWords
  ) -> Int {
    endWord(at: mark.lowerBound, text, &words)
    words.add(mark, of: text)
    start = mark.upperBound
    return start
  }

  /// Whether the byte at an index is there again after it.
  private func isTwice(_ index: Int, _ text: Span<UInt8>) -> Bool {
    index + 1 < range.upperBound && text[index + 1] == text[index]
  }

  /// Periods in a row are a word, and so is the last of the sentence.
  private mutating func cutPeriods(
    at index: Int, _ text: Span<UInt8>, _ words: inout TreebankWords
  ) -> Int {
    var end = index + 1
    while end < range.upperBound && text[end] == 0x2E { end += 1 }
    if end > index + 1 || index == lastPeriod { return split(index..<end, text, &words) }
    isPlain = false
    return end
  }

  /// A colon or comma is a word unless a digit follows; `([:,])([^\d])` uses up what follows, so that
  /// of two the second is the start of a word.
  private mutating func cutColon(
    at index: Int, _ text: Span<UInt8>, _ words: inout TreebankWords
  ) -> Int {
    let next = index + 1
    if next < range.upperBound {
      if index == usedColon || isDigit(at: next, text) {
        isPlain = false
        return next
      }
      if marks[text[next]] == .colon { usedColon = next }
    }
    return split(index..<next, text, &words)
  }

  /// A character that may be white space or a quotation mark outside ASCII.
  private mutating func cutWide(
    at index: Int, _ text: Span<UInt8>, _ words: inout TreebankWords
  ) -> Int {
    let space = UTF8Text.spaceLength(in: text, at: index)
    if space > 0 {
      endWord(at: index, text, &words)
      start = index + space
      return start
    }
    let end = index + UTF8Text.length(text[index])
    if TreebankQuote(at: index, in: text) != nil { return split(index..<end, text, &words) }
    isPlain = false
    return end
  }

  /// Apostrophes in a row: pairs of them are quotation marks, from the first on, and one that is left
  /// over belongs to the word after them or, alone, to the one that it is in.
  private mutating func cutApostrophes(
    at index: Int, _ text: Span<UInt8>, _ words: inout TreebankWords
  ) -> Int {
    var end = index + 1
    while end < range.upperBound && text[end] == 0x27 { end += 1 }
    if end - index == 1 {
      // NLTK sets it apart early here, and so sees the clitic in `it's'` before a space.
      if hasSpace(at: end, text) || beginsLetter(at: end, text) {
        return split(index..<end, text, &words)
      }
      isPlain = false
      return end
    }
    endWord(at: index, text, &words)
    var next = index
    if index > range.lowerBound && opensQuote(at: index, text) {
      words.addPair(0x60)
      next += 2
    }
    while end - next >= 2 {
      words.addPair(0x27)
      next += 2
    }
    start = next
    if next < end {
      isPlain = false
      if beginsLetter(at: end, text) { endWord(at: end, text, &words) }
    }
    return end
  }

  /// Whether a quotation mark of ASCII opens: at the start, or after a space, a bracket or a mark after
  /// which there is a space by then.
  private func opensQuote(at index: Int, _ text: Span<UInt8>) -> Bool {
    guard index > range.lowerBound else { return true }
    switch text[index - 1] {
    case 0x20, 0x28, 0x5B, 0x7B, 0x3C, 0x60: return true
    // The first character is two backticks and a space by then.
    case 0x22: return index - 1 == range.lowerBound
    case 0x80...: return TreebankQuote(before: index, in: range, of: text)?.opens == true
    default: return false
    }
  }

  /// Whether one letter, digit or the like follows an apostrophe that is no clitic:
  /// `(?i)(')(?!re|ve|ll|m|t|s|d|n)(\w)\b`
  private func beginsLetter(at index: Int, _ text: Span<UInt8>) -> Bool {
    guard PythonWord.isWord(at: index, in: range, of: text) else { return false }
    switch text[index] | 0x20 {
    case 0x6D, 0x74, 0x73, 0x64, 0x6E: return false
    default: break
    }
    // U+017F is an `s` where case is ignored.
    if text[index] == 0xC5 && text[index + 1] == 0xBF { return false }
    let next = index + UTF8Text.length(text[index])
    return !PythonWord.isWord(at: next, in: range, of: text)
  }

  /// Whether a space of ASCII stands at an index after an apostrophe, or does before NLTK looks at
  /// apostrophes because the mark there was set apart (`([^'])' `).
  private func hasSpace(at index: Int, _ text: Span<UInt8>) -> Bool {
    guard index < range.upperBound else { return false }
    switch marks[text[index]] {
    case .space: return text[index] == 0x20
    case .mark: return TreebankBytes.isEarly(text[index])
    case .backtick: return true
    case .period: return index == lastPeriod || isTwice(index, text)
    case .colon: return index + 1 == range.upperBound || !isDigit(at: index + 1, text)
    case .lead: return TreebankQuote(at: index, in: text)?.opens == true
    default: return false
    }
  }

  private func isDigit(at index: Int, _ text: Span<UInt8>) -> Bool {
    PythonCharacters.standard.isDecimal(UTF8Text.scalar(in: text, at: index))
  }

  /// The period that ends a sentence: `([^\.])(\.)([\]\)}>"'»”’ ]*)\s*$`
  private static func lastPeriod(_ range: Range<Int>, in text: Span<UInt8>) -> Int {
    var index = range.upperBound
    while index > range.lowerBound {
      let byte = text[index - 1]
      switch byte {
      case 0x2E:
        let isAlone = index - 1 > range.lowerBound && text[index - 2] != 0x2E
        return isAlone ? index - 1 : -1
      case 0x5D, 0x29, 0x7D, 0x3E, 0x22, 0x27: index -= 1
      case 0x20:
        // Quotation marks that open are backticks by then.
        let next = index < range.upperBound ? text[index] : 0
        let isPair = next == 0x27 && index + 1 < range.upperBound && text[index + 1] == 0x27
        if next == 0x22 || isPair { return -1 }
        index -= 1
      default:
        guard byte >= 0x80, let quote = TreebankQuote(before: index, in: range, of: text),
          !quote.opens
        else { return -1 }
        index -= quote.length
      }
    }
    return -1
  }
}
