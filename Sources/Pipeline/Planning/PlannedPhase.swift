import Bytes
import MixtureFiles
import Mixing

/// A phase of a plan: its rows and the weights of its sources.
struct PlannedPhase: Sendable {
  /// The phase's name.
  let name: String
  /// The folder of its shards in the output, as in `01-pile`.
  let folder: String
  /// The objective's name.
  let objective: String
  /// The budget in tokens, after `--scale`.
  let targetTokens: UInt64
  /// The rows that fit into the budget; at least one.
  let rows: Int
  /// A weight for every source of the mixture, in the mixture file's order.
  let weights: Weights

  /// The phases of a mixture.
  static func all(of mixture: MixtureFile, scale: String?) throws(CuveeError) -> [PlannedPhase] {
    let factor = try scale.map { text throws(CuveeError) in
      guard let share = Share.parse(text) else {
        throw CuveeError.badData("--scale \(text): is not a share; write it as in 1% or 0.01")
      }
      guard !share.isZero else {
        throw CuveeError.badData("--scale \(text): must be more than 0")
      }
      return share
    }
    var phases: [PlannedPhase] = []
    for (index, phase) in mixture.phases.enumerated() {
      let tokens = factor.map { $0.of(phase.tokens) } ?? phase.tokens
      let shares = DecimalShare.commonNumerators(phase.weights.map(\.weight))
      var numerators = [UInt64](repeating: 0, count: mixture.sources.count)
      for (weight, numerator) in zip(phase.weights, shares) {
        guard let source = mixture.sources.firstIndex(where: { $0.name == weight.source.value })
        else { continue }
        numerators[source] = numerator
      }
      phases.append(
        PlannedPhase(
          name: phase.name, folder: folder(index, phase.name), objective: phase.objective.value,
          targetTokens: tokens,
          rows: max(1, Int(tokens / UInt64(mixture.sequenceLength))),
          weights: Weights(numerators: numerators)))
    }
    return phases
  }

  /// `01-pile`: the ordinal from 1, and the name with all but letters, digits, `-`, `_` and `.`
  /// replaced.
  static func folder(_ index: Int, _ name: String) -> String {
    let ordinal = index + 1 < 10 ? "0\(index + 1)" : "\(index + 1)"
    return "\(ordinal)-\(FileName.safe(name))"
  }
}

/// Names of sources and phases as names of folders.
enum FileName {
  /// The name with every byte but ASCII letters, digits, `-`, `_` and `.` replaced by `_`.
  static func safe(_ name: String) -> String {
    let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
    let safe = String(name.map { allowed.contains($0) ? $0 : "_" })
    return safe.hasPrefix(".") ? "_" + safe : safe
  }
}
