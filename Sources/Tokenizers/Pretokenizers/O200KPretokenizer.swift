/// Cuts text into the pieces of the family of o200k's pattern, which Llama 4 and Mistral's Tekken
/// use as well, Tekken with single numbers and without the contractions. With
/// U = `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]` and W = `[\p{Ll}\p{Lm}\p{Lo}\p{M}]` it is
/// `[^\r\n\p{L}\p{N}]?U*W+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|`
/// `[^\r\n\p{L}\p{N}]?U+W*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|`
/// `\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`
struct O200KPretokenizer: Pretokenizer {
  /// The most numbers in a piece: 3, or 1 for Tekken.
  let digits: Int
  /// Whether a word takes the contraction that follows it.
  let contractions: Bool
  private let classes = UnicodeClasses.reference

  init(digits: Int, contractions: Bool) {
    self.digits = digits
    self.contractions = contractions
  }

  func pieceEnd(in text: Span<UInt8>, from start: Int) -> Int {
    let byte = text[start]
    let (kind, length) = classes.kind(in: text, at: start)
    let next = start + length
    if kind == UnicodeClasses.number {
      return PretokenParts.numberEnd(in: text, from: start, limit: digits, classes)
    }
    if let end = wordEnd(in: text, from: start, prefixed: next) {
      guard contractions, end < text.count, text[end] == 0x27 else { return end }
      return end + PretokenParts.caselessContractionLength(in: text, at: end)
    }
    if kind == UnicodeClasses.other
      || byte == 0x20 && next < text.count
        && classes.kind(in: text, at: next).kind == UnicodeClasses.other
    {
      return PretokenParts.symbolEnd(in: text, from: next, slashes: true, classes)
    }
    return PretokenParts.spaceEnd(in: text, from: start, endWins: false, classes)
  }

  /// The end of the first two alternatives, or nil where neither matches.
  private func wordEnd(in text: Span<UInt8>, from start: Int, prefixed next: Int) -> Int? {
    let kind = classes.kind(in: text, at: start).kind
    let takesPrefix = kind != UnicodeClasses.letter && !PretokenParts.isNewline(text[start])
    let after = takesPrefix ? caseRuns(in: text, from: next) : CaseRuns()
    if let end = after.ending { return end }
    let whole = caseRuns(in: text, from: start)
    return whole.ending ?? after.starting ?? whole.starting
  }

  /// What `U*W+` and `U+W*` match at an offset.
  private struct CaseRuns {
    /// The end of `U*W+`.
    var ending: Int?
    /// The end of `U+W*` where `U*W+` does not match, so that no W follows.
    var starting: Int?
  }

  private func caseRuns(in text: Span<UInt8>, from start: Int) -> CaseRuns {
    var result = CaseRuns()
    var index = start
    while index < text.count {
      let (value, length) = classes.character(in: text, at: index)
      if value & UnicodeClasses.starts == 0 { break }
      index += length
      // `U*` takes all it can and gives back up to the last character that is also W.
      if value & UnicodeClasses.ends != 0 { result.ending = index }
      result.starting = index
    }
    while index < text.count {
      let (value, length) = classes.character(in: text, at: index)
      if value & UnicodeClasses.ends == 0 { break }
      index += length
      result.ending = index
    }
    return result
  }
}
