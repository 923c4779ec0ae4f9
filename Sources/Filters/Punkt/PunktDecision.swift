import Bytes

/// Decides whether there is the end of a sentence inside a stretch of text (the two passes of
/// `PunktSentenceTokenizer`, nltk/tokenize/punkt.py).
struct PunktDecision: Sendable {
  private let dictionary = PunktDictionary.english
  private let characters = PythonCharacters.standard
  private let bytes = PunktBytes.standard

  /// A token with what the first pass says of it.
  private struct Token {
    var range: Range<Int>
    var isBreak = false
    var isAbbreviation = false
    var isEllipsis = false
    var endsInPeriod = false
    /// What is known of the word before its period.
    var bits: PunktWord = []
    var isNumber = false
  }

  /// Whether a sentence ends after some token of a range but the last.
  func hasBreak(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    var tokens = PunktTokens(range, bytes: bytes)
    guard var token = tokens.next(in: text).map({ firstPass($0, text) }) else { return false }
    while let following = tokens.next(in: text) {
      let next = firstPass(following, text)
      if token.endsInPeriod { secondPass(&token, next, text) }
      if token.isBreak { return true }
      token = next
    }
    return false
  }

  private func firstPass(_ range: Range<Int>, _ text: Span<UInt8>) -> Token {
    var token = Token(range: range)
    let last = text[range.upperBound - 1]
    token.endsInPeriod = last == 0x2E
    if range.count == 1 {
      token.isBreak = last == 0x2E || last == 0x3F || last == 0x21
      return token
    }
    guard token.endsInPeriod else { return token }
    if text[range.upperBound - 2] == 0x2E {
      token.isEllipsis = range.allSatisfy { text[$0] == 0x2E }
      return token
    }
    let word = range.lowerBound..<(range.upperBound - 1)
    token.bits = dictionary.bits(of: word, in: text)
    token.isAbbreviation = token.bits.contains(.abbreviation) || endsInAbbreviation(word, text)
    token.isNumber = isNumber(range, text)
    if token.isNumber { token.bits = dictionary.numberBits }
    token.isBreak = !token.isAbbreviation
    return token
  }

  /// Whether the part after the last hyphen is an abbreviation.
  private func endsInAbbreviation(_ word: Range<Int>, _ text: Span<UInt8>) -> Bool {
    guard let hyphen = word.last(where: { text[$0] == 0x2D }) else { return false }
    return dictionary.bits(of: (hyphen + 1)..<word.upperBound, in: text).contains(.abbreviation)
  }

  /// Looks at the token after one that ends in a period.
  private func secondPass(_ token: inout Token, _ next: Token, _ text: Span<UInt8>) {
    let isInitial = isInitial(token.range, text)
    // Most words before a period are none of these, and the next word does not matter.
    guard token.isAbbreviation || token.isEllipsis || isInitial || token.isNumber else { return }
    let nextBits = bits(ofNext: next, text)
    if token.bits.collocates(with: nextBits) {
      token.isBreak = false
      return
    }
    let start = startsSentence(next, nextBits, text)
    let isUpper = isUppercase(next, text)
    if (token.isAbbreviation || token.isEllipsis) && !isInitial {
      if start == .yes || (isUpper && nextBits.contains(.starter)) {
        token.isBreak = true
        return
      }
    }
    guard isInitial || token.isNumber else { return }
    let isName = start == .unknown && isInitial && isUpper && !nextBits.contains(.lower)
    if start == .no || isName { token.isBreak = false }
  }

  /// What is known of a token as the second of two.
  private func bits(ofNext next: Token, _ text: Span<UInt8>) -> PunktWord {
    var range = next.range
    if isNumber(range, text) { return dictionary.numberBits }
    if next.isBreak && range.count > 1 && next.endsInPeriod {
      range = range.lowerBound..<(range.upperBound - 1)
    }
    return dictionary.bits(of: range, in: text)
  }

  private enum Start { case yes, no, unknown }

  /// What the case of a word's first letter says about whether a sentence starts here.
  private func startsSentence(_ token: Token, _ known: PunktWord, _ text: Span<UInt8>) -> Start {
    if token.range.count == 1 {
      switch text[token.range.lowerBound] {
      case 0x3B, 0x3A, 0x2C, 0x2E, 0x21, 0x3F: return .no
      default: break
      }
    }
    if isUppercase(token, text) && known.contains(.lower) && !known.contains(.middleUpper) {
      return .yes
    }
    let first = UTF8Text.scalar(in: text, at: token.range.lowerBound)
    if characters.isLowercase(first)
      && (known.contains(.upper) || !known.contains(.startLower))
    {
      return .no
    }
    return .unknown
  }

  private func isUppercase(_ token: Token, _ text: Span<UInt8>) -> Bool {
    characters.isUppercase(UTF8Text.scalar(in: text, at: token.range.lowerBound))
  }

  /// One letter and a period: `[^\W\d]\.`
  private func isInitial(_ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
    guard range.count <= 5, range.count == UTF8Text.length(text[range.lowerBound]) + 1 else {
      return false
    }
    return characters.isLetter(UTF8Text.scalar(in: text, at: range.lowerBound))
  }

  /// `^-?[\.,]?\d[\d,\.-]*\.?$`
  private func isNumber(_ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
    var index = range.lowerBound
    if text[index] == 0x2D { index += 1 }
    if index < range.upperBound && (text[index] == 0x2E || text[index] == 0x2C) { index += 1 }
    guard index < range.upperBound, isDecimal(text, at: index) else { return false }
    while index < range.upperBound {
      let byte = text[index]
      let isMark = byte == 0x2C || byte == 0x2D || byte == 0x2E
      if !isMark && !isDecimal(text, at: index) { return false }
      index += UTF8Text.length(byte)
    }
    return true
  }

  private func isDecimal(_ text: Span<UInt8>, at index: Int) -> Bool {
    characters.isDecimal(UTF8Text.scalar(in: text, at: index))
  }
}
