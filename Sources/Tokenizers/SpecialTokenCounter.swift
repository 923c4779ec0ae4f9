import Bytes

/// Counts the special tokens that texts spell out.
///
/// Such text is common enough in real data, in documentation and in the output of models, that both
/// what becomes of it and how often it occurs should be known.
public struct SpecialTokenCounter: Sendable {
  private let matcher: AddedTokenMatcher
  private let leads: [UInt8]

  /// Creates a counter of the special tokens of a tokenizer.
  public init(_ tokenizer: any Tokenizer) {
    var matcher = AddedTokenMatcher()
    for (content, id) in tokenizer.specialTokens where !content.isEmpty {
      matcher.add(Array(content.utf8), id: id, isSpecial: true)
    }
    self.matcher = matcher
    leads = Set(tokenizer.specialTokens.keys.compactMap(\.utf8.first)).sorted()
  }

  /// The number of special tokens in a text: leftmost and longest, none inside another.
  public func count(in text: Span<UInt8>) -> Int {
    var count = 0
    var index = 0
    while let start = nextLead(in: text, from: index) {
      guard let match = matcher.match(in: text, at: start) else {
        index = start + 1
        continue
      }
      count += 1
      index = match.end
    }
    return count
  }

  /// The number of special tokens in many texts, one after another.
  public func count(in text: Span<UInt8>, ends: [Int]) -> Int {
    var count = 0
    var start = 0
    for end in ends {
      count += self.count(in: text.extracting(start..<end))
      start = end
    }
    return count
  }

  /// The next place where a special token may begin.
  private func nextLead(in text: Span<UInt8>, from start: Int) -> Int? {
    guard let first = leads.first else { return nil }
    if leads.count <= 3 {
      let index = ByteSearch.firstIndex(
        of: first, leads[leads.count / 2], leads[leads.count - 1], in: text, from: start)
      return index < text.count ? index : nil
    }
    var index = start
    while index < text.count {
      if leads.contains(text[index]) { return index }
      index += 1
    }
    return nil
  }
}
