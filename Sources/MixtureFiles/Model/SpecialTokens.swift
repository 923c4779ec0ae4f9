/// What special tokens that a text spells out become. The raw value is the value of
/// `special_tokens`.
public enum SpecialTokens: String, Sendable, CaseIterable {
  /// Ordinary text, as if there were no such token.
  case ordinary
  /// The token.
  case parse
}
