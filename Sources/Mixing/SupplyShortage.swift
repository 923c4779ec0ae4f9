/// A source that cannot supply its share within the epochs allowed, and what would do.
public struct SupplyShortage: Sendable, Equatable, CustomStringConvertible {
  /// The index of the source.
  public var source: Int
  /// The source's name.
  public var name: String
  /// The rows that all phases together ask of it, at most.
  public var rowsNeeded: Int
  /// The rows that it has within the epochs allowed.
  public var rowsAvailable: Int
  /// The least `max_epochs` that would do, or nil where the source has no whole row.
  public var epochsNeeded: Int?
  /// What is wrong and what would do, as in `p3 has 31M tokens, its share needs 184M: 5.9 epochs;
  /// raise max_epochs to 6 or lower its weight to 13.5%`.
  public var description: String

  /// Describes a shortage.
  ///
  /// - Parameters:
  ///   - source: The index of the source.
  ///   - supply: What the source has.
  ///   - rowsNeeded: The rows that the phases ask of it.
  ///   - phases: All phases.
  ///   - maxEpochs: The epochs allowed.
  ///   - rowLength: The tokens of a row, or nil to estimate them from the supply.
  init(
    source: Int, supply: SourceSupply, rowsNeeded: Int, phases: [PhaseDemand], maxEpochs: Int,
    rowLength: Int?
  ) {
    self.source = source
    self.rowsNeeded = rowsNeeded
    name = supply.name
    rowsAvailable = supply.rows(epochs: maxEpochs)
    let perEpoch = supply.rowsPerEpoch
    guard perEpoch > 0 else {
      description =
        "\(name) has \(FigureText.tokens(UInt128(max(0, supply.tokens)))) tokens, less than one"
        + " row, and a share of the mixture; give it more documents or the weight 0"
      return
    }
    let epochs = rowsNeeded / perEpoch + (rowsNeeded % perEpoch > 0 ? 1 : 0)
    epochsNeeded = epochs
    let tokensNeeded =
      rowLength.map { UInt128(rowsNeeded) * UInt128($0) }
      ?? UInt128(supply.tokens) * UInt128(rowsNeeded) / UInt128(perEpoch)
    let ratio = FigureText.ratio(
      UInt128(rowsNeeded), UInt128(perEpoch), above: UInt128(max(0, maxEpochs)))
    description =
      "\(name) has \(FigureText.tokens(UInt128(supply.tokens))) tokens, its share needs "
      + "\(FigureText.tokens(tokensNeeded)): \(ratio) epochs; raise max_epochs to \(epochs)"
      + SupplyShortage.remedy(source: source, rowsAvailable: rowsAvailable, phases: phases)
  }

  /// The weights, or where a phase draws on this source alone the scale, at which the rows suffice.
  private static func remedy(source: Int, rowsAvailable: Int, phases: [PhaseDemand]) -> String {
    let drawing = phases.filter { $0.rows > 0 && $0.weights.numerators[source] > 0 }
    // The order asks for n*w rounded up at most in each phase, so p phases may ask for p - 1 rows
    // more than their sum rounded down.
    let rows = rowsAvailable - (drawing.count - 1)
    guard rows > 0 else { return "" }
    guard drawing.allSatisfy({ $0.weights.contributors > 1 }) else {
      let whole = drawing.reduce(UInt128(0)) { $0 + UInt128($1.rowsAsked(of: source).upperBound) }
      guard let scale = FigureText.percentageRoundedDown(UInt128(rows), whole) else { return "" }
      return " or scale the phases down to \(scale)"
    }
    // Every phase's weight times rows / (sum of n*w); in units of 2^-24 rows,
    // which is less than what the bound leaves of a row.
    let sum = drawing.reduce(UInt128(0)) { sum, phase in
      let weights = phase.weights
      let share = UInt128(phase.rows) * UInt128(weights.numerators[source])
      return sum + (share << 24) / UInt128(weights.denominator)
    }
    let texts = drawing.compactMap { phase in
      FigureText.percentageRoundedDown(
        (UInt128(rows) << 24) * UInt128(phase.weights.numerators[source]),
        sum * UInt128(phase.weights.denominator)
      ).map { phases.count > 1 ? "\($0) in \(phase.name)" : $0 }
    }
    guard texts.count == drawing.count else { return "" }
    return " or lower its weight to " + texts.joined(separator: " and ")
  }
}
