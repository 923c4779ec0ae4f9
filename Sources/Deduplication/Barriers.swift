import Declarations

/// All deduplications that a file can name.
public enum Barriers {
  /// The barriers, in the order in which the reference lists them.
  public static let all: [any Barrier.Type] = [
    ExactDuplicates.self,
    DuplicateLines.self,
    DuplicateURLs.self,
  ]

  /// The barrier of a name, or nil.
  public static func named(_ name: String) -> (any Barrier.Type)? { all.first { $0.name == name } }
}
