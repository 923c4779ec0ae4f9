import Declarations
import Yams

/// An entry of the list `phases`.
enum PhaseSection {
  static let name = Key.optional(
    "name", ValueSyntax<String>.name, "the name, which also names a folder of the output",
    absent: "main")
  static let tokens = Key.required(
    "tokens", ValueSyntax<UInt64>.tokenCount(1...maximumTokens),
    "the number of tokens to write, such as 2.62B")
  static let weights = Key.required(
    "weights", WeightsSection.syntax, "the share of each source")
  static let objective = Key.choice(
    "objective", noun: "objective", standard: ObjectiveKind.causal, "what the rows train")
  static let sequenceLength = Key.optional(
    "sequence_length", MixtureSection.rowLength, "the row length of this phase",
    absent: "that of the file", supported: false)

  static let description = SectionDescription(
    name: "phase", summary: "A stretch of the output with its own weights.",
    keys: [
      name.description, tokens.description, weights.description, objective.description,
      sequenceLength.description,
    ])

  static let syntax = ValueSyntax<Phase>(form: .section(description)) { node, label, reading in
    guard let entries = reading.entries(of: node, description, as: label) else { return nil }
    return Phase(
      name: reading.value(name, in: entries) ?? "main", mark: entries.mark,
      tokens: reading.value(tokens, in: entries) ?? 0,
      weights: reading.value(weights, in: entries) ?? [],
      objective: reading.marked(objective, in: entries) ?? Marked(.causal, entries.mark),
      sequenceLength: reading.value(sequenceLength, in: entries).map { Int($0) })
  }

  /// The largest budget: 1,000 T tokens.
  private static let maximumTokens: UInt64 = 1_000_000_000_000_000
}
