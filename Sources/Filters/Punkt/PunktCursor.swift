import Bytes

/// Goes through the sentences of a text, one after another, as NLTK's Punkt cuts them.
struct PunktCursor {
  private let decision: PunktDecision
  private let bytes = PunktBytes.standard
  /// The end of the text without its last white space.
  private let end: Int
  private var slices: PunktSlices
  private var pending: Candidate?
  private var index = 0

  /// Begins at the start of a text.
  init(_ text: Span<UInt8>, _ decision: PunktDecision) {
    self.decision = decision
    end = UTF8Text.endWithoutSpace(0..<text.count, in: text)
    slices = PunktSlices(end: end)
  }

  /// The next sentence, without the white space around it but for that at the start of the text; nil
  /// after the last.
  mutating func next(in text: Span<UInt8>) -> Range<Int>? {
    while index < end {
      let mark = ByteSearch.firstIndex(of: 0x2E, 0x3F, 0x21, in: text, from: index)
      index = mark + 1
      guard mark < end else { break }
      guard let candidate = candidate(at: mark, after: pending, in: text) else { continue }
      let before = pending
      pending = candidate
      if let before, before.mark <= candidate.wordStart, let whole = close(before, text) {
        return whole
      }
    }
    if let last = pending {
      pending = nil
      if let whole = close(last, text) { return whole }
    }
    return slices.finish(in: text)
  }

  /// A period, question mark or exclamation mark that may end a sentence.
  private struct Candidate {
    /// Where the mark is.
    var mark: Int
    /// Where the word before it begins.
    var wordStart: Int
    /// The end of the punctuation or the word after it.
    var contextEnd: Int
    /// Where the next sentence would begin.
    var next: Int
  }

  /// Ends a sentence at a candidate if there is a break in its context; gives the one before.
  @inline(__always)
  private mutating func close(_ candidate: Candidate, _ text: Span<UInt8>) -> Range<Int>? {
    // A question or exclamation mark is a token by itself here, and always a break.
    guard
      text[candidate.mark] != 0x2E
        || decision.hasBreak(candidate.wordStart..<candidate.contextEnd, in: text)
    else { return nil }
    return slices.add(endingAt: candidate.mark + 1, next: candidate.next, in: text)
  }

  /// The candidate at a mark, or nil where neither punctuation nor white space and a word follow.
  private func candidate(
    at mark: Int, after pending: Candidate?, in text: Span<UInt8>
  ) -> Candidate? {
    var index = mark + 1
    guard index < text.count else { return nil }
    var next = index
    if bytes.endsWord(text[index]) {
      index += 1
    } else {
      while index < text.count {
        let space = UTF8Text.spaceLength(in: text, at: index)
        if space == 0 { break }
        index += space
      }
      guard index > next, index < text.count else { return nil }
      next = index
      while index < text.count && UTF8Text.spaceLength(in: text, at: index) == 0 {
        index += UTF8Text.length(text[index])
      }
    }
    return Candidate(
      mark: mark, wordStart: wordStart(before: mark, after: pending, in: text), contextEnd: index,
      next: next)
  }

  /// Where the word before a mark begins: after the last ASCII white space since the candidate
  /// before. Without one, or where it is the very first character, the word goes on from there.
  private func wordStart(
    before mark: Int, after pending: Candidate?, in text: Span<UInt8>
  ) -> Int {
    let floor = pending?.mark ?? 0
    var index = mark - 1
    while index > floor {
      let byte = text[index]
      if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { return index + 1 }
      index -= 1
    }
    return pending?.wordStart ?? 0
  }
}
