/// What a phase asks of its sources.
public struct PhaseDemand: Sendable, Equatable {
  /// The phase's name.
  public var name: String
  /// The number of its rows.
  public var rows: Int
  /// The weight of each source, in the order of the supplies.
  public var weights: Weights

  /// Creates the demand of a phase.
  public init(name: String, rows: Int, weights: Weights) {
    self.name = name
    self.rows = rows
    self.weights = weights
  }

  /// The least and the greatest number of rows that the order can ask of a source: n*w to within
  /// the order's bound.
  public func rowsAsked(of source: Int) -> ClosedRange<Int> {
    let share = Int128(weights.numerators[source])
    guard share > 0 else { return 0...0 }
    let contributors = weights.contributors
    guard contributors > 1 else { return rows...rows }
    // n*w -+ (M-1)/M over the denominator M*D.
    let margin = Int128(2 * contributors - 2)
    let denominator = Int128(weights.denominator)
    let whole = Int128(rows) * share * margin
    let slack = denominator * (margin - 1)
    let least = max(0, whole - slack + denominator * margin - 1) / (denominator * margin)
    let greatest = (whole + slack) / (denominator * margin)
    return Int(least)...Int(greatest)
  }
}
