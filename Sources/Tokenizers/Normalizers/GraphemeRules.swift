import Bytes

/// Hugging Face's way with SentencePiece's rules, which is not SentencePiece's.
///
/// A cluster of less than six bytes becomes what the first, shortest rule for its beginning says, the
/// rest of it being lost; in longer ones each character is looked up by itself.
enum GraphemeRules {
  private static let greatestCluster = 6

  /// The changed text.
  static func apply(_ rules: PrecompiledCharsmap, to text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    let span = text.span
    var index = 0
    while index < text.count {
      let end = GraphemeClusters.end(in: span, from: index)
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
}
