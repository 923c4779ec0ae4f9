/// A phase of an output: a stretch of rows with its own weights.
public struct ManifestPhase: Codable, Sendable, Equatable {
  /// The phase's name.
  public var name: String
  /// The phase's folder, relative to the output's.
  public var folder: String
  /// The training objective of the rows.
  public var objective: String
  /// The number of the phase's first row in the whole output.
  public var firstRow: UInt64
  /// The rows of the phase.
  public var rows: UInt64
  /// The tokens of the phase: rows times the sequence length.
  public var tokens: UInt64
  /// The tokens that the mixture asked for.
  public var targetTokens: UInt64
  /// The sources with a weight in this phase.
  public var sources: [ManifestShare]
  /// The greatest distance, in rows, between what a source had and what its weight gives it, over
  /// all sources and all prefixes of each stretch, by the weights in force there.
  public var greatestPrefixError: Double
  /// What that distance cannot pass: 1 - 1/(2k-2) for k sources of non-zero weight (Tijdeman,
  /// Discrete Mathematics 32, 1980), 0 for one; the greatest of all stretches. Outputs of earlier
  /// versions do not have it where an exhausted source's weight went to others on the way.
  public var prefixErrorBound: Double?
  /// The same distance over all prefixes of the whole phase, by the weights that the phase asks
  /// for: exhaustions widen it, so it has no bound. Outputs of earlier versions do not have it.
  public var greatestPhaseError: Double?
  /// The stretches of constant weights, one after another. Outputs of earlier versions do not
  /// have them.
  public var stretches: [ManifestStretch]?
  /// The mixture at some prefixes of the phase.
  public var prefixCheckpoints: [ManifestCheckpoint]
  /// The shards of the phase, in their order.
  public var shards: [ManifestShard]

  enum CodingKeys: String, CodingKey {
    case name, folder, objective
    case firstRow = "first_row"
    case rows, tokens
    case targetTokens = "target_tokens"
    case sources
    case greatestPrefixError = "greatest_prefix_error"
    case prefixErrorBound = "prefix_error_bound"
    case greatestPhaseError = "greatest_phase_error"
    case stretches
    case prefixCheckpoints = "prefix_checkpoints"
    case shards
  }

  /// Creates the account of a phase.
  public init(
    name: String, folder: String, objective: String, firstRow: UInt64, rows: UInt64,
    tokens: UInt64, targetTokens: UInt64, sources: [ManifestShare], greatestPrefixError: Double,
    prefixErrorBound: Double?, greatestPhaseError: Double?, stretches: [ManifestStretch]?,
    prefixCheckpoints: [ManifestCheckpoint], shards: [ManifestShard]
  ) {
    self.name = name
    self.folder = folder
    self.objective = objective
    self.firstRow = firstRow
    self.rows = rows
    self.tokens = tokens
    self.targetTokens = targetTokens
    self.sources = sources
    self.greatestPrefixError = greatestPrefixError
    self.prefixErrorBound = prefixErrorBound
    self.greatestPhaseError = greatestPhaseError
    self.stretches = stretches
    self.prefixCheckpoints = prefixCheckpoints
    self.shards = shards
  }
}

/// Rows of a phase under constant weights.
public struct ManifestStretch: Codable, Sendable, Equatable {
  /// The rows of the stretch.
  public var rows: UInt64
  /// The sources whose rows were used up: the others share the weights of these, in their ratio.
  public var exhausted: [String]

  /// Creates the account of a stretch.
  public init(rows: UInt64, exhausted: [String]) {
    self.rows = rows
    self.exhausted = exhausted
  }
}

/// The part of one source in a phase.
public struct ManifestShare: Codable, Sendable, Equatable {
  /// The source's name.
  public var name: String
  /// The exact weight is this number ...
  public var weightNumerator: UInt64
  /// ... over this one, the same for all sources of the phase.
  public var weightDenominator: UInt64
  /// The source's rows in the phase.
  public var rows: UInt64
  /// The share that the weight asks for, 0 to 1.
  public var targetShare: Double
  /// The share of the phase's rows, 0 to 1.
  public var actualShare: Double

  enum CodingKeys: String, CodingKey {
    case name
    case weightNumerator = "weight_numerator"
    case weightDenominator = "weight_denominator"
    case rows
    case targetShare = "target_share"
    case actualShare = "actual_share"
  }

  /// Creates the account of a source in a phase; the shares follow from the numbers.
  ///
  /// - Parameters:
  ///   - name: The source's name.
  ///   - weightNumerator: The numerator of its weight.
  ///   - weightDenominator: The denominator of its weight.
  ///   - rows: The source's rows in the phase.
  ///   - phaseRows: All rows of the phase.
  public init(
    name: String, weightNumerator: UInt64, weightDenominator: UInt64, rows: UInt64,
    phaseRows: UInt64
  ) {
    self.name = name
    self.weightNumerator = weightNumerator
    self.weightDenominator = weightDenominator
    self.rows = rows
    targetShare = Double(weightNumerator) / Double(max(1, weightDenominator))
    actualShare = Double(rows) / Double(max(1, phaseRows))
  }
}

/// The mixture at a prefix of a phase.
public struct ManifestCheckpoint: Codable, Sendable, Equatable {
  /// The rows of the prefix.
  public var rows: UInt64
  /// The tokens of the prefix.
  public var tokens: UInt64
  /// The rows of each source, in the order of the phase's sources.
  public var rowsBySource: [UInt64]

  enum CodingKeys: String, CodingKey {
    case rows, tokens
    case rowsBySource = "rows_by_source"
  }

  /// Creates the account of a prefix.
  public init(rows: UInt64, tokens: UInt64, rowsBySource: [UInt64]) {
    self.rows = rows
    self.tokens = tokens
    self.rowsBySource = rowsBySource
  }
}
