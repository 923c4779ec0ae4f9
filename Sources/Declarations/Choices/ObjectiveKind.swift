/// What the rows of a phase train: a value of `objective`.
public enum ObjectiveKind: String, ChoiceSet {
  /// Each token from those before it.
  case causal
  /// UL2's mixture of denoisers (arXiv 2205.05131).
  case ul2
  /// UL2R's mixture (arXiv 2210.11399).
  case ul2r
  /// The rest of a row from a prefix that is seen.
  case prefixLM = "prefix-lm"
  /// A middle from both sides.
  case fillInTheMiddle = "fim"

  /// What it means, as one line of the reference.
  public var summary: String {
    switch self {
    case .causal: "each token is predicted from those before it"
    case .ul2: "UL2's mixture of denoisers (arXiv 2205.05131)"
    case .ul2r: "UL2R's mixture (arXiv 2210.11399)"
    case .prefixLM: "the rest of a row is predicted from a prefix that is seen"
    case .fillInTheMiddle: "a middle is predicted from both sides"
    }
  }

  /// Whether this version can do it.
  public var isSupported: Bool { self == .causal }
}
