import Declarations

/// A stretch of the output with its own weights.
public struct Phase: Sendable, Equatable {
  /// The name; `main` where nothing was said.
  public var name: String
  /// Where the phase begins.
  public var mark: Mark
  /// The budget in tokens, at least one row.
  public var tokens: UInt64
  /// The shares of the sources in the order of the file; not all are zero.
  public var weights: [PhaseWeight]
  /// The training objective: `causal`.
  public var objective: Marked<ObjectiveKind>
  /// The row length of this phase, where it has its own.
  public var sequenceLength: Int?
}

/// A source's share of a phase.
public struct PhaseWeight: Sendable, Equatable {
  /// The name of the source.
  public var source: Marked<String>
  /// Its share: exact where percentages were written, else relative to the others.
  public var weight: DecimalShare

  /// Creates a weight.
  public init(source: Marked<String>, weight: DecimalShare) {
    self.source = source
    self.weight = weight
  }
}
