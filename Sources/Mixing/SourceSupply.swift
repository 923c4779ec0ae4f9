/// What a source has to give.
public struct SourceSupply: Sendable, Equatable {
  /// The source's name.
  public var name: String
  /// The whole rows that one pass over its documents gives.
  public var rowsPerEpoch: Int
  /// The tokens of one pass, those of the tail that fills no row with them.
  public var tokens: Int

  /// Creates the supply of a source.
  public init(name: String, rowsPerEpoch: Int, tokens: Int) {
    self.name = name
    self.rowsPerEpoch = rowsPerEpoch
    self.tokens = tokens
  }

  /// The rows that a number of epochs gives; as many as an `Int` holds where that overflows.
  public func rows(epochs: Int) -> Int {
    let (rows, overflow) = rowsPerEpoch.multipliedReportingOverflow(by: epochs)
    return overflow ? .max : rows
  }
}
