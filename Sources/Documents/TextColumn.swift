import Bytes

/// A short text of every document of a batch, such as its URL; empty where it has none.
public struct TextColumn: Sendable {
  /// The texts of all documents, one after another, valid UTF-8.
  public private(set) var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// Creates a column of no documents.
  public init() {}

  /// The range of a document's text in `bytes`.
  public func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// Appends to the text of the document that is being built.
  mutating func append(_ piece: Span<UInt8>) { bytes.append(piece) }

  mutating func endDocument() { ends.append(bytes.count) }

  mutating func abandonDocument() { bytes.removeSubrange((ends.last ?? 0)...) }

  /// Fills an empty column; without ends, all documents have empty texts.
  mutating func fill(_ bytes: Span<UInt8>, _ ends: [Int], documents: Int) {
    self.bytes.append(bytes)
    self.ends = ends.isEmpty ? Array(repeating: 0, count: documents) : ends
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
