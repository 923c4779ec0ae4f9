/// The version of the tool and of its formats. It stands here alone; the newest heading of
/// `CHANGELOG.md` is the same, and a test holds the two together.
public enum ToolVersion {
  /// The version that `cuvee --version` prints and the manifest records: a semantic version.
  public static let current = "0.1.0"
  /// The version of all that stages write; a change makes every cached result unknown.
  public static let formats = 5
}
