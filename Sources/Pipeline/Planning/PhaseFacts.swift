/// A phase of a plan, for people.
public struct PhaseFacts: Sendable, Codable {
  /// The phase's name.
  public var name: String
  /// Its rows.
  public var rows: Int
  /// Its tokens.
  public var tokens: Int
  /// The share of every source in percent of the rows, by name.
  public var shares: [String: Double]
}

extension Plan {
  /// The phases of the plan.
  public var phaseFacts: [PhaseFacts] {
    phases.map { phase in
      var shares: [String: Double] = [:]
      for source in sources where phase.weights.numerators[source.index] > 0 {
        shares[source.name] = phase.weights.share(of: source.index) * 100
      }
      return PhaseFacts(
        name: phase.name, rows: phase.rows, tokens: phase.rows * sequenceLength, shares: shares)
    }
  }
}
