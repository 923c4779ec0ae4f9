import Bytes

/// Which tokenizer a mixture asks for.
public enum TokenizerReference: Sendable, Equatable {
  /// A name that stands for the digest of a known file.
  case registered(String)
  /// A file, described in full.
  case file(
    path: String, sha256: Digest?, pattern: String?, beginningOfDocument: TokenReference?,
    endOfDocument: TokenReference?, pad: UInt32?, sentinels: SentinelRange?)
}

/// Ids beyond the vocabulary that an objective may put in place of masked text.
public struct SentinelRange: Sendable, Equatable {
  /// The first id.
  public var first: UInt32
  /// How many ids there are; `first + count` never passes 2^32.
  public var count: UInt32

  /// Creates a range from its first id and its length.
  public init(first: UInt32, count: UInt32) {
    self.first = first
    self.count = count
  }
}
