/// A reason for which a step drops documents or changes their lines.
public struct FilterReason: Sendable, Equatable {
  /// The stable name that is counted by.
  public var name: String
  /// The rule of the step.
  public var rule: String

  /// The reason for dropping a document of which no line is left.
  static let emptyText = FilterReason(name: "empty_text", rule: "line editors")
}
