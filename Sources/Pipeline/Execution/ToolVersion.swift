/// The version of the tool and of its formats.
public enum ToolVersion {
  /// The version that `cuvee --version` prints and the manifest records.
  public static let current = "0.1.0"
  /// The version of all that stages write; a change makes every cached result unknown.
  static let formats = 5
}
