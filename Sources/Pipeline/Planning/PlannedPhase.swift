import Bytes
import Declarations
import MixtureFiles
import Mixing
import Shards

/// A phase of a plan: its rows and the weights of its sources.
struct PlannedPhase: Sendable {
  /// The phase's name.
  let name: String
  /// The folder of its shards in the output, as in `01-pile`.
  let folder: String
  /// What its rows train.
  let objective: ObjectiveKind
  /// The budget in tokens, after `--scale`.
  let targetTokens: UInt64
  /// The rows that fit into the budget; at least one.
  let rows: Int
  /// A weight for every source of the mixture, in the mixture file's order.
  let weights: Weights

  /// The phases of a mixture.
  static func all(of mixture: MixtureFile, scale: String?) throws(CuveeError) -> [PlannedPhase] {
    let factor = try scale.map { text throws(CuveeError) in try PlanOptions.factor(text) }
    let sources = mixture.sourceIndexes
    var phases: [PlannedPhase] = []
    for (index, phase) in mixture.phases.enumerated() {
      let tokens = factor.map { $0.of(phase.tokens) } ?? phase.tokens
      let shares = DecimalShare.commonNumerators(phase.weights.map(\.weight))
      var numerators = [UInt64](repeating: 0, count: mixture.sources.count)
      for (weight, numerator) in zip(phase.weights, shares) {
        if let source = sources[weight.source.value] { numerators[source] = numerator }
      }
      phases.append(
        PlannedPhase(
          name: phase.name, folder: OutputLayout.phaseFolder(index: index, name: phase.name),
          objective: phase.objective.value,
          targetTokens: tokens,
          rows: max(1, Int(tokens / UInt64(mixture.sequenceLength))),
          weights: Weights(numerators: numerators)))
    }
    return phases
  }
}
