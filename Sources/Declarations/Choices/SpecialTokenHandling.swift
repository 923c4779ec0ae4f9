/// How to treat special tokens that appear literally in a text: a value of `special_tokens`.
public enum SpecialTokenHandling: String, ChoiceSet {
  /// As ordinary text, as if there were no such token.
  case ordinary
  /// As the token.
  case parse

  /// What it means, as one line of the reference.
  public var summary: String {
    switch self {
    case .ordinary: "as ordinary text"
    case .parse: "as the token"
    }
  }
}
