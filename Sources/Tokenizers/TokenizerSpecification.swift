import Bytes

/// A tokenizer as a mixture file describes it in full.
public struct TokenizerSpecification: Sendable, Equatable {
  /// Ids set aside beyond the vocabulary, for objectives that mark spans.
  public struct Sentinels: Sendable, Equatable {
    /// The first id.
    public var first: UInt32
    /// The number of ids.
    public var count: UInt32

    /// Creates a run of sentinels.
    public init(first: UInt32, count: UInt32) {
      self.first = first
      self.count = count
    }
  }

  /// The vocabulary file, or the folder that holds it.
  public var path: String
  /// The SHA-256 that the file must have; of a vocabulary and merges, that of the one followed by
  /// the other.
  public var sha256: Digest?
  /// How text is cut, where the file does not say: `gpt2`.
  public var pattern: String?
  /// The id that ends a document; by default that of `<|endoftext|>`.
  public var endOfDocument: UInt32?
  /// The id that pads rows.
  public var pad: UInt32?
  /// Ids for objectives that mark spans.
  public var sentinels: Sentinels?

  /// Creates a specification.
  public init(
    path: String, sha256: Digest? = nil, pattern: String? = nil, endOfDocument: UInt32? = nil,
    pad: UInt32? = nil, sentinels: Sentinels? = nil
  ) {
    self.path = path
    self.sha256 = sha256
    self.pattern = pattern
    self.endOfDocument = endOfDocument
    self.pad = pad
    self.sentinels = sentinels
  }
}
