import Bytes

/// The characters of a document, as Python's `len` counts them.
final class CharacterCounter: Analysis, TextAnalysis {
  private(set) var count = 0

  func run(_ text: Span<UInt8>) { count = UTF8Text.count(text) }
}
