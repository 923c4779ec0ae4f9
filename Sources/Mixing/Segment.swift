/// The stretch of one document inside one row.
public struct Segment: Sendable, Equatable, BitwiseCopyable {
  /// The document's index in the shuffled list.
  public var document: UInt32
  /// The segment's first token in the document.
  public var offsetInDocument: UInt32
  /// The segment's first token in the row.
  public var offsetInRow: UInt32
  /// The number of tokens, never zero.
  public var length: UInt32

  /// Creates a segment.
  @inlinable
  public init(document: UInt32, offsetInDocument: UInt32, offsetInRow: UInt32, length: UInt32) {
    self.document = document
    self.offsetInDocument = offsetInDocument
    self.offsetInRow = offsetInRow
    self.length = length
  }
}
