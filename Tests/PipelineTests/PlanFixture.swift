import Bytes
import Foundation
import Testing

@testable import Pipeline

/// Mixtures of a test: a folder for their files, and the tokenizer of the repository's samples.
struct PlanFixture {
  let folder: PipelineTestFolder

  init() throws { folder = try PipelineTestFolder() }

  /// The root of the repository.
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// Writes a mixture file; sources and further lines are given without indentation, and gives the
  /// options of its plan.
  func mixture(
    sources: [String], phases: [String], sequenceLength: Int = 16, more: [String] = []
  ) throws -> PlanOptions {
    let lines =
      [
        "name: test", "tokenizer: { path: \(Self.repository)/samples/tokenizer.json }",
        "sequence_length: \(sequenceLength)", "sources:",
      ] + sources.map { "  " + $0 } + ["phases:"] + phases.map { "  - " + $0 } + more
    try folder.write(lines.joined(separator: "\n") + "\n", to: "mixture.yaml")
    return PlanOptions(mixturePath: folder.file("mixture.yaml"))
  }

  func plan(
    sources: [String], phases: [String], sequenceLength: Int = 16, more: [String] = []
  ) throws -> Plan {
    try Plan(
      try mixture(
        sources: sources, phases: phases, sequenceLength: sequenceLength, more: more))
  }
}
