/// What special tokens that a text spells out become.
public enum SpecialTokenHandling: String, Sendable, CaseIterable {
  /// Ordinary text, as if there were no such token.
  case ordinary
  /// The token.
  case parse
}
