/// Cuts text into the pieces of GPT-2's pattern, over UTF-8 bytes and without a regular expression.
///
/// The pattern is that of OpenAI's GPT-2 encoder, which r50k, p50k and GPT-NeoX use as well:
/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
struct GPT2Pretokenizer: Pretokenizer {
  private let classes = UnicodeClasses.reference

  func pieceEnd(in text: Span<UInt8>, from start: Int) -> Int {
    var index = start
    if text[start] == 0x20 {
      index += 1
      guard index < text.count else { return index }
    } else if text[start] == 0x27 {
      let length = PretokenParts.contractionLength(in: text, at: start)
      if length > 0 { return start + length }
    }
    let (kind, length) = classes.kind(in: text, at: index)
    if kind != UnicodeClasses.whitespace {
      return classes.runEnd(of: kind, in: text, from: index + length)
    }
    return spaceEnd(in: text, from: start)
  }

  /// The end of `\s+(?!\S)|\s+`.
  private func spaceEnd(in text: Span<UInt8>, from start: Int) -> Int {
    var index = start
    var last = start
    while index < text.count {
      let (kind, length) = classes.kind(in: text, at: index)
      if kind != UnicodeClasses.whitespace { return last > start ? last : index }
      last = index
      index += length
    }
    return index
  }
}
