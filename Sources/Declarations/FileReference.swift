import Bytes

/// A file that a parameter names. What is done with it depends on its bytes and not on its name, so
/// only the digest goes into keys: a list that was edited makes what was done with it stale, and one
/// that was moved does not.
public struct FileReference: Sendable, Equatable, Codable {
  /// The path as it was written.
  public var path: String
  /// SHA-256 of the bytes; nil until the file has been looked at, where the file does not state it.
  public var sha256: Digest?

  /// Creates a reference.
  public init(path: String, sha256: Digest? = nil) {
    self.path = path
    self.sha256 = sha256
  }
}
