import Bytes

/// A document's text in small letters, as Python's `str.lower` makes it.
final class LoweredText: Analysis, TextAnalysis {
  private(set) var bytes: [UInt8] = []

  func run(_ text: Span<UInt8>) {
    // What a huge document took is given back.
    bytes.removeAll(keepingCapacity: bytes.capacity <= 16 << 20)
    Lowercase.python.append(text, to: &bytes)
  }
}
