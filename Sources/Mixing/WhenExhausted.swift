/// What happens when a source has given all rows of its last epoch and the order asks for more.
public enum WhenExhausted: String, Sendable, CaseIterable, Codable {
  /// The mixture is refused before work starts, with every shortage named.
  case fail
  /// The source's weight goes to the others of the phase in their ratio, from that row on.
  case renormalise
  /// The phase ends before that row.
  case stop
}
