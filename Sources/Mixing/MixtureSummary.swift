/// The account of a mixture's order: what every phase and source gave, and how exactly.
public struct MixtureSummary: Sendable, Equatable {
  /// The phases in their order, all of them.
  public var phases: [PhaseSummary]
  /// The sources in the order of the supplies.
  public var sources: [SourceSummary]

  /// The rows of all phases.
  public var rows: Int { phases.reduce(0) { $0 + $1.rows } }
}

/// What a phase gave.
public struct PhaseSummary: Sendable, Equatable {
  /// The phase's name.
  public var name: String
  /// The stretches of constant weights: one, and one more for each time that exhausted sources
  /// left their weights to the others.
  public var stretches: [Stretch]
  /// The greatest distance of any source from its share over all prefixes of the whole phase, in
  /// rows, by the weights that the phase asks for: exhaustions widen it.
  public var greatestPhaseError: Double
  /// The index of the source whose exhaustion ended the phase before its last row, or nil.
  public var endedBy: Int?

  /// The number of rows, after an early end.
  public var rows: Int { stretches.reduce(0) { $0 + $1.rows } }

  /// The number of rows of each source.
  public var rowsBySource: [Int] {
    var sums = stretches.first?.rowsBySource ?? []
    for stretch in stretches.dropFirst() {
      for (source, rows) in stretch.rowsBySource.enumerated() { sums[source] += rows }
    }
    return sums
  }

  /// The greatest distance of any source from its share over all prefixes, in rows. Each stretch
  /// is measured from its beginning, by the weights in force.
  public var greatestPrefixError: Double {
    stretches.reduce(0) { max($0, $1.greatestPrefixError) }
  }

  /// The bound that the order promises for `greatestPrefixError`.
  public var prefixErrorBound: Double { stretches.reduce(0) { max($0, $1.prefixErrorBound) } }

  /// Whether every prefix of every stretch is within its bound, compared exactly.
  public var isWithinBound: Bool { stretches.allSatisfy(\.isWithinBound) }
}

/// Rows of one phase under constant weights.
public struct Stretch: Sendable, Equatable {
  /// The weights in force.
  public var weights: Weights
  /// The number of rows.
  public var rows: Int
  /// The number of rows of each source.
  public var rowsBySource: [Int]
  /// The greatest distance of any source from its share over all prefixes, in rows.
  public var greatestPrefixError: Double
  /// The bound that the order promises for it.
  public var prefixErrorBound: Double
  /// Whether every prefix is within the bound, compared exactly.
  public var isWithinBound: Bool

  /// Takes the account of the rows that were followed.
  init(_ followed: PrefixError) {
    weights = followed.weights
    rows = followed.rows
    rowsBySource = followed.rowsBySource
    greatestPrefixError = followed.greatest
    prefixErrorBound = RowOrder.bound(sources: followed.weights.contributors)
    isWithinBound = followed.isWithinBound
  }
}

/// What a source gave.
public struct SourceSummary: Sendable, Equatable {
  /// The source's name.
  public var name: String
  /// The rows of all phases.
  public var rows: Int
  /// The epochs begun.
  public var epochs: Int
}
