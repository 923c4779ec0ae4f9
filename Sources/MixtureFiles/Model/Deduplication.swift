/// What a deduplication compares, and which of equals it keeps.
public struct Deduplication: Sendable, Equatable {
  /// What is compared. The raw value is the key.
  public enum Kind: String, Sendable, CaseIterable {
    /// The texts of documents.
    case exact
    /// The lines of documents.
    case lines
    /// The URLs of documents.
    case urls
  }

  /// Which of equals is kept. The raw value is the value of `keep`.
  public enum Keep: String, Sendable, CaseIterable {
    /// The first in the order of priority, files and records.
    case first
    /// The newest by its time.
    case newest
    /// The one whose URL has the smallest MD5.
    case urlMD5 = "url-md5"
  }

  /// What is compared.
  public var kind: Kind
  /// Which of equals is kept.
  public var keep: Keep

  /// Creates a deduplication.
  public init(kind: Kind, keep: Keep = .first) {
    self.kind = kind
    self.keep = keep
  }

  /// Whether the URLs of documents are asked for.
  public var needsURLs: Bool { kind == .urls || keep == .urlMD5 }
  /// Whether the times of documents are asked for.
  public var needsTimestamps: Bool { keep == .newest }
}
