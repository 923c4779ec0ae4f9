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

  /// A token that is named for a purpose.
  public enum Token: Sendable, Equatable {
    /// By its id.
    case id(UInt32)
    /// A special token by its text.
    case text(String)
    /// None, on purpose.
    case none
  }

  /// The vocabulary file, or the folder that holds it.
  public var path: String
  /// The SHA-256 that the file must have; of a vocabulary and merges, that of the one followed by
  /// the other.
  public var sha256: Digest?
  /// How text is cut, where the file does not say: `gpt2`.
  public var pattern: String?
  /// The token before each document; none by default.
  public var beginningOfDocument: Token?
  /// The token after each document; by default `<|endoftext|>` or the like.
  public var endOfDocument: Token?
  /// The id that pads rows.
  public var pad: UInt32?
  /// Ids for objectives that mark spans.
  public var sentinels: Sentinels?

  /// Creates a specification.
  public init(
    path: String, sha256: Digest? = nil, pattern: String? = nil,
    beginningOfDocument: Token? = nil, endOfDocument: Token? = nil,
    pad: UInt32? = nil, sentinels: Sentinels? = nil
  ) {
    self.path = path
    self.sha256 = sha256
    self.pattern = pattern
    self.beginningOfDocument = beginningOfDocument
    self.endOfDocument = endOfDocument
    self.pad = pad
    self.sentinels = sentinels
  }
}
