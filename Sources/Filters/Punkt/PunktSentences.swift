import Bytes
import Declarations

/// Counts the sentences of English text exactly as NLTK's Punkt does.
///
/// The reference is `len(PunktSentenceTokenizer.tokenize(text))` of NLTK 3.8.1, the version that
/// TensorFlow Datasets names for C4, with NLTK's English model. NLTK 3.9 counts alike; 3.10 takes
/// typographic quotes for closing punctuation and does not. Text is valid UTF-8. Counting allocates
/// nothing.
public struct PunktSentences: Sendable {
  private let decision = PunktDecision()
  private let bytes = PunktBytes.standard

  /// Takes the English model, which all instances share.
  public init() {}

  /// The number of sentences in a text; 0 where it has nothing but white space.
  ///
  /// - Parameters:
  ///   - text: Valid UTF-8.
  ///   - limit: Where it is sure that there are at least so many, counting ends there.
  /// - Returns: The number of sentences, at most the limit.
  public func count(_ text: Span<UInt8>, upTo limit: Int = .max) -> Int {
    let end = UTF8Text.endWithoutSpace(0..<text.count, in: text)
    var slices = PunktSlices(end: end)
    var pending: Candidate?
    var index = 0
    while true {
      index = ByteSearch.firstIndex(of: 0x2E, 0x3F, 0x21, in: text, from: index)
      guard index < end else { break }
      if let candidate = candidate(at: index, after: pending, in: text) {
        if let before = pending, before.mark <= candidate.wordStart {
          close(before, &slices, text)
          if slices.count >= limit { return limit }
        }
        pending = candidate
      }
      index += 1
    }
    if let pending { close(pending, &slices, text) }
    return min(limit, slices.finish(in: text))
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

  /// Ends a sentence at a candidate if there is a break in its context.
  @inline(__always)
  private func close(_ candidate: Candidate, _ slices: inout PunktSlices, _ text: Span<UInt8>) {
    // A question or exclamation mark is a token by itself here, and always a break.
    if text[candidate.mark] != 0x2E
      || decision.hasBreak(candidate.wordStart..<candidate.contextEnd, in: text)
    {
      slices.add(endingAt: candidate.mark + 1, next: candidate.next, in: text)
    }
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
