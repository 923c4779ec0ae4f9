/// Cuts text into the pieces of the family of cl100k's pattern, which Llama 3 and Qwen 2 use with
/// small differences:
/// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|`
/// `\s*[\r\n]+|\s+(?!\S)|\s+`
struct CL100KPretokenizer: Pretokenizer {
  /// The most numbers in a piece: 3, or 1 for Qwen 2.
  let digits: Int
  /// Whether whitespace up to the end of the text is one piece whatever is in it: tiktoken's cl100k
  /// has `\s++$` before `\s*[\r\n]`.
  let endWins: Bool
  private let classes = UnicodeClasses.reference

  init(digits: Int, endWins: Bool) {
    self.digits = digits
    self.endWins = endWins
  }

  func pieceEnd(in text: Span<UInt8>, from start: Int) -> Int {
    let byte = text[start]
    if byte == 0x27 {
      let length = PretokenParts.caselessContractionLength(in: text, at: start)
      if length > 0 { return start + length }
    }
    let (kind, length) = classes.kind(in: text, at: start)
    let next = start + length
    if kind == UnicodeClasses.number {
      return PretokenParts.numberEnd(in: text, from: start, limit: digits, classes)
    }
    let letters = classes.runEnd(of: UnicodeClasses.letter, in: text, from: next)
    if kind == UnicodeClasses.letter || letters > next && !PretokenParts.isNewline(byte) {
      return letters
    }
    if kind == UnicodeClasses.other
      || byte == 0x20 && next < text.count
        && classes.kind(in: text, at: next).kind == UnicodeClasses.other
    {
      return PretokenParts.symbolEnd(in: text, from: next, slashes: false, classes)
    }
    return PretokenParts.spaceEnd(in: text, from: start, endWins: endWins, classes)
  }
}
