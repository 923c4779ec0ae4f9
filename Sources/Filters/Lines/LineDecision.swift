/// What an editor says of a line.
public enum LineDecision: Sendable, Equatable {
  /// The line stays, as the editor has rewritten it if it has.
  case keep
  /// The line is cut.
  case cut(Measure)
  /// The whole document is dropped.
  case dropDocument(Measure)
}
