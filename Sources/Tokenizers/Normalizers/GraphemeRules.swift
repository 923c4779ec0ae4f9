import Bytes

/// Hugging Face's way with SentencePiece's rules, which is not SentencePiece's.
///
/// A cluster of less than six bytes becomes what the first, shortest rule for its beginning says, the
/// rest of it being lost; in longer ones each character is looked up by itself.
enum GraphemeRules {
  private static let greatestCluster = 6
  private static let extenders = UnicodeProperties.graphemeExtenders.table
  /// Grapheme_Cluster_Break=Prepend of Unicode 16.
  private static let prepending = CodePointSet([
    0x600...0x605, 0x6DD...0x6DD, 0x70F...0x70F, 0x890...0x891, 0x8E2...0x8E2, 0xD4E...0xD4E,
    0x110BD...0x110BD, 0x110CD...0x110CD, 0x111C2...0x111C3, 0x113D1...0x113D1,
    0x1193F...0x1193F, 0x11941...0x11941, 0x11A84...0x11A89, 0x11D46...0x11D46,
    0x11F02...0x11F02,
  ])
  private static let prepended = prepending.table
  private static let controls =
    UnicodeProperties.graphemeControls.intersection(prepending.inverted).table

  /// The changed text.
  static func apply(_ rules: PrecompiledCharsmap, to text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    let span = text.span
    var index = 0
    while index < text.count {
      let end = clusterEnd(span, from: index)
      if end - index < greatestCluster,
        let rule = rules.matches(span.extracting(index..<end), at: 0).first
      {
        result += rules.result(rule.result)
        index = end
        continue
      }
      while index < end {
        let length = UTF8Decoding.scalar(in: span, at: index).length
        let character = span.extracting(index..<index + length)
        if let rule = rules.matches(character, at: 0).first {
          result += rules.result(rule.result)
        } else {
          result.append(character)
        }
        index += length
      }
    }
    return result
  }

  /// The end of the cluster of a character, the marks that extend it, and what is prepended to it.
  /// Other clusters are longer than what matters.
  private static func clusterEnd(_ text: Span<UInt8>, from start: Int) -> Int {
    let (first, length) = UTF8Decoding.scalar(in: text, at: start)
    var end = start + length
    if first == 0x0D, end < text.count, text[end] == 0x0A { return end + 1 }
    if controls[first] != 0 { return end }
    var isPrepended = prepended[first] != 0
    while isPrepended, end < text.count {
      let (point, length) = UTF8Decoding.scalar(in: text, at: end)
      if controls[point] != 0 { return end }
      end += length
      isPrepended = prepended[point] != 0
    }
    while end < text.count, text[end] >= 0x80 {
      let (point, length) = UTF8Decoding.scalar(in: text, at: end)
      if extenders[point] == 0 { break }
      end += length
    }
    return end
  }
}
