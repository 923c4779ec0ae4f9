import Bytes
import Foundation
import Testing

@testable import Pipeline

@Suite struct SourceEstimateTests {
  private let fixture: PlanFixture
  private var folder: PipelineTestFolder { fixture.folder }

  init() throws { fixture = try PlanFixture() }

  private func estimate(_ plan: Plan) throws -> SourceEstimate {
    let estimates = try plan.estimates()
    return try #require(estimates.first)
  }

  @Test func needsAreTheSharesOfAllPhases() throws {
    try folder.write(String(repeating: "x", count: 4200), to: "a.txt")
    try folder.write(String(repeating: "x", count: 42), to: "b.txt")
    let plan = try fixture.plan(
      sources: [
        "a: { paths: [a.txt], format: lines }", "b: { paths: [b.txt], format: lines }",
      ],
      phases: [
        "{ name: one, tokens: 1600, weights: { a: 25%, b: 75% } }",
        "{ name: two, tokens: 165, weights: { a: 100%, b: 0% } }",
      ])
    let estimates = try plan.estimates()
    #expect(estimates.map(\.name) == ["a", "b"])
    #expect(estimates.map(\.bytes) == [4200, 42])
    #expect(estimates.map(\.estimatedTokens) == [1000, 10])
    // 25 of 100 rows and 10 rows, of 16 tokens each.
    let needed: [UInt64] = [(25 + 10) * 16, 75 * 16]
    #expect(estimates.map(\.neededTokens) == needed)
    #expect(estimates[1].estimatedEpochs == 120)
  }

  @Test func aSourceThatCannotSupplyItsShareIsRefused() throws {
    // 99 bytes and the document's end are at most 100 tokens; 4 epochs are 400.
    try folder.write(String(repeating: "x", count: 99), to: "a.txt")
    for (tokens, feasible) in [("400", true), ("416", false)] {
      let plan = try fixture.plan(
        sources: ["s: { paths: [a.txt], format: lines }"],
        phases: ["{ name: p, tokens: \(tokens), weights: { s: 100% } }"],
        more: ["repetition: { max_epochs: 4 }"])
      #expect(try estimate(plan).mostTokens == 100)
      if feasible {
        try plan.requireFeasible(try plan.estimates())
        continue
      }
      let error = #expect(throws: CuveeError.self) {
        try plan.requireFeasible(try plan.estimates())
      }
      #expect(error?.kind == .badData)
      #expect(
        error?.message.hasPrefix(folder.file("mixture.yaml") + ": s has only 99 bytes") == true)
      #expect(error?.message.contains("needs 416 in at most 4 epochs") == true)
    }
  }

  @Test func aRefusalOpensEveryFileFirst() throws {
    // The estimate opens one of these two small files; the other may supply far more than its size.
    let gzip = "1f8b080000000000000303000000000000000000"
    let bytes = stride(from: 0, to: gzip.count, by: 2).map { start in
      UInt8(gzip.dropFirst(start).prefix(2), radix: 16) ?? 0
    }
    try folder.write("one line\n", to: "a.part")
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file("b.part")))
    func requireFeasible() throws {
      let plan = try fixture.plan(
        sources: ["s: { paths: [\"*.part\"], format: lines }"],
        phases: ["{ name: p, tokens: 1M, weights: { s: 100% } }"])
      #expect(try estimate(plan).mostTokens != nil)
      try plan.requireFeasible(try plan.estimates())
    }
    try requireFeasible()
    try FileManager.default.removeItem(atPath: folder.file("b.part"))
    #expect(throws: CuveeError.self) { try requireFeasible() }
  }

  @Test(arguments: ["stop", "renormalise"])
  func whereExhaustionIsAllowedNothingIsRefused(_ whenExhausted: String) throws {
    try folder.write("x\n", to: "a.txt")
    let plan = try fixture.plan(
      sources: ["s: { paths: [a.txt], format: lines }"],
      phases: ["{ name: p, tokens: 1M, weights: { s: 100% } }"],
      more: ["repetition: { when_exhausted: \(whenExhausted) }"])
    try plan.requireFeasible(try plan.estimates())
  }

  @Test func everyShortSourceHasALine() throws {
    try folder.write("x\n", to: "a.txt")
    let plan = try fixture.plan(
      sources: ["a", "b", "c"].map { "\($0): { paths: [a.txt], format: lines }" },
      phases: ["{ name: p, tokens: 10k, weights: { a: 50%, b: 0%, c: 50% } }"])
    let error = #expect(throws: CuveeError.self) {
      try plan.requireFeasible(try plan.estimates())
    }
    let lines = error?.message.split(separator: "\n") ?? []
    #expect(lines.count == 2 && lines[0].contains(": a has ") && lines[1].contains(": c has "))
  }

  // A document may be longer than the record it comes from: nothing is certain then.
  @Test(arguments: [
    ("jsonl", "{\"text\":\"x\"}\n", true),
    ("jsonl, text: \"{prompt}{completion}\"", "{\"prompt\":\"x\",\"completion\":\"y\"}\n", true),
    ("jsonl, text: \"{text}{text}\"", "{\"text\":\"x\"}\n", false),
    ("jsonl, text: \"A long preamble. {text}\"", "{\"text\":\"x\"}\n", false),
    ("lines", "x\n", true), ("text", "x\n", true), ("flan-cot", "q\ta\tr\n", false),
    ("natural-instructions", "{\"Definition\":[\"d\"],\"Instances\":[]}", false),
  ])
  func boundsAreKnownWhereTextsAreNoLongerThanTheirFiles(
    _ format: String, _ content: String, _ isKnown: Bool
  ) throws {
    try folder.write(content, to: "a.txt")
    let plan = try fixture.plan(
      sources: ["s: { paths: [a.txt], format: \(format) }"],
      phases: ["{ name: p, tokens: 1k, weights: { s: 100% } }"])
    #expect((try estimate(plan).mostTokens != nil) == isKnown)
  }

  @Test func compressedFilesHaveNoBound() throws {
    let samples = PlanFixture.repository + "/samples"
    try folder.write(try contents(samples + "/articles-2.jsonl.gz"), to: "a.jsonl.gz")
    let plan = try fixture.plan(
      sources: ["s: { paths: [a.jsonl.gz], format: jsonl }"],
      phases: ["{ name: p, tokens: 1B, weights: { s: 100% } }"])
    let estimate = try estimate(plan)
    #expect(estimate.mostTokens == nil)
    #expect(estimate.estimatedTokens == UInt64(Double(estimate.bytes) * 3 / 4.2))
    try plan.requireFeasible([estimate])
  }
}
