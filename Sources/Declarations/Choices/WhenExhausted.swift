/// What happens when a source has given all rows of its last epoch and the order asks for more: a value
/// of `when_exhausted`.
public enum WhenExhausted: String, ChoiceSet, Codable {
  /// The mixture is refused before work starts, with every shortage named.
  case fail
  /// The source's weight goes to the others of the phase in their ratio, from that row on.
  case renormalise
  /// The phase ends before that row.
  case stop

  /// What it means, as one line of the reference.
  public var summary: String {
    switch self {
    case .fail: "the build fails before it starts, and says which values would do"
    case .renormalise:
      "from that row on, the other sources share its weight in proportion"
    case .stop: "the phase ends before the first row that the source cannot supply"
    }
  }
}
