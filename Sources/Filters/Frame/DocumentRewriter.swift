import Bytes

/// A rule that replaces stretches of a document's text and leaves the rest as it is, white space and
/// line ends included.
public protocol DocumentRewriter: FilterRule {
  /// Finds what is to be replaced.
  ///
  /// - Parameters:
  ///   - text: The document's text as the steps before have left it; valid UTF-8.
  ///   - replacements: Takes the stretches in their order.
  func rewrite(_ text: Span<UInt8>, _ replacements: inout TextReplacements)
}

/// The stretches of a text that are replaced.
public struct TextReplacements: Sendable {
  private(set) var ranges: [Range<Int>] = []
  private(set) var texts: [[UInt8]] = []

  init() {}

  /// Replaces a stretch, which lies after those before.
  ///
  /// - Parameters:
  ///   - range: The stretch in bytes of the text, at the boundaries of characters.
  ///   - text: What comes in its place; valid UTF-8.
  mutating func replace(_ range: Range<Int>, with text: [UInt8]) {
    precondition(range.lowerBound >= (ranges.last?.upperBound ?? 0), "stretches are in order")
    ranges.append(range)
    texts.append(text)
  }

  mutating func removeAll() {
    ranges.removeAll(keepingCapacity: true)
    texts.removeAll(keepingCapacity: true)
  }
}
