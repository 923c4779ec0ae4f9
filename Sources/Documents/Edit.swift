/// A stretch of a document's original text, and what stands there now.
public struct Edit: Sendable, Equatable {
  /// Where the stretch begins, in bytes of the original text.
  public var offset: Int
  /// Its length in bytes; 0 where something was inserted.
  public var length: Int
  /// The bytes that stand there now, in `EditList.replacements`; empty where it was cut.
  public var replacement: Range<Int>

  /// Creates an edit.
  public init(offset: Int, length: Int, replacement: Range<Int>) {
    self.offset = offset
    self.length = length
    self.replacement = replacement
  }
}
