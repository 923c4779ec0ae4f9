import Bytes
import Foundation
import Mixing
import Testing

@testable import Pipeline

@Suite struct PlanTests {
  private let fixture: PlanFixture
  private var folder: PipelineTestFolder { fixture.folder }
  private static let onePhase = ["{ name: p, tokens: 1k, weights: { s: 100% } }"]

  init() throws {
    fixture = try PlanFixture()
    try fixture.folder.write("one\ntwo\n", to: "data/a.txt")
    try fixture.folder.write("three\n", to: "data/b.txt")
  }

  private static let twoSources = [
    "a: { paths: [data/a.txt], format: lines }", "b: { paths: [data/b.txt], format: lines }",
  ]

  @Test func phasesHaveTheRowsThatTheirBudgetPaysFor() throws {
    let plan = try fixture.plan(
      sources: Self.twoSources,
      phases: [
        "{ name: one, tokens: 1k, weights: { a: 100%, b: 0% } }",
        "{ name: two, tokens: 1599, weights: { b: 12.5%, a: 87.5% } }",
        "{ name: three, tokens: 31, weights: { a: 1, b: 2 } }",
      ])
    #expect(plan.phases.map(\.rows) == [62, 99, 1])
    #expect(plan.phases.map(\.targetTokens) == [1000, 1599, 31])
    #expect(plan.phases.map(\.folder) == ["01-one", "02-two", "03-three"])
    // Weights are in the order of the sources, whatever the order in the phase.
    #expect(plan.phases.map(\.weights.numerators) == [[1, 0], [7, 1], [1, 2]])
    #expect(plan.phaseFacts.map(\.tokens) == [992, 1584, 16])
    #expect(plan.phaseFacts[0].shares == ["a": 100])
    #expect(plan.phaseFacts[1].shares == ["a": 87.5, "b": 12.5])
  }

  @Test(
    arguments: [
      ("1%", 26_200_000, 1_637_500), ("0.01", 26_200_000, 1_637_500),
      ("33.3%", 872_460_000, 54_528_750), ("200%", 5_240_000_000, 327_500_000),
      ("0.0000001%", 2, 1),
    ] as [(String, UInt64, Int)])
  func scaleMultipliesBudgetsExactly(_ scale: String, _ tokens: UInt64, _ rows: Int) throws {
    var options = try fixture.mixture(
      sources: ["s: { paths: [data/*.txt], format: lines }"],
      phases: ["{ name: p, tokens: 2.62B, weights: { s: 100% } }"])
    options.scale = scale
    let plan = try Plan(options)
    #expect(plan.phases[0].targetTokens == tokens)
    #expect(plan.phases[0].rows == rows)
  }

  @Test(arguments: ["0%", "", "x", "-1%", "1 %"])
  func sharesThatAreNoneAreRefused(_ text: String) throws {
    for key in ["--scale", "--sample"] {
      var options = try fixture.mixture(
        sources: ["s: { paths: [data/*.txt], format: lines }"], phases: Self.onePhase)
      if key == "--scale" { options.scale = text } else { options.sample = text }
      let error = #expect(throws: CuveeError.self) { try Plan(options) }
      #expect(error?.kind == .badData)
      #expect(error?.message.hasPrefix("\(key) \(text): ") == true)
    }
  }

  @Test func aSampleOfMoreThanAllIsRefused() throws {
    var options = try fixture.mixture(
      sources: ["s: { paths: [data/*.txt], format: lines }"], phases: Self.onePhase)
    for (text, bound) in [("100%", .max), ("50%", 1 << 63), ("25%", 1 << 62)] as [(String, UInt64)]
    {
      options.sample = text
      #expect(try Plan(options).sampleBound == bound)
    }
    options.sample = "101%"
    #expect(throws: CuveeError.self) { try Plan(options) }
  }

  @Test func filesAreFoundOnceAndInTheOrderOfTheirPaths() throws {
    try folder.write("x\n", to: "data/a/c.txt")
    try folder.write("x\n", to: "data/é.txt")
    let plan = try fixture.plan(
      sources: ["s: { paths: [data/b.txt, \"data/**/*.txt\", data/a.txt], format: lines }"],
      phases: Self.onePhase)
    #expect(
      plan.sources[0].files.map(\.displayPath) == [
        "data/a.txt", "data/a/c.txt", "data/b.txt", "data/é.txt",
      ])
  }

  @Test(arguments: [
    ("data/none*.txt", "matches no file"), ("data/none.txt", "matches no file"),
    ("data", "is a directory"),
  ])
  func missingInputsAreNamedWithTheirPlace(_ path: String, _ words: String) throws {
    let error = #expect(throws: CuveeError.self) {
      try fixture.plan(
        sources: ["s: { paths: [\(path)], format: lines }"], phases: Self.onePhase)
    }
    #expect(error?.kind == .missingInput)
    #expect(error?.message.hasPrefix(folder.file("mixture.yaml") + ":5:16: ") == true)
    #expect(error?.message.contains(words) == true)
  }

  @Test func aPlanFileGivesTheSamePlan() throws {
    var options = try fixture.mixture(
      sources: ["s: { paths: [data/*.txt], format: lines }"], phases: Self.onePhase)
    options.scale = "50%"
    options.sample = "25%"
    options.limits.partBytes = 1234
    let plan = try Plan(options)
    let path = folder.file("plan.json")
    try PlanFile(plan).write(to: try newFile(path))
    let again = try PlanFile.plan(from: path)
    #expect(again.options == plan.options)
    #expect(again.mixture == plan.mixture && again.digest == plan.digest)
    #expect(again.sources[0].files.map(\.path) == plan.sources[0].files.map(\.path))
    #expect(again.phases.map(\.rows) == plan.phases.map(\.rows))
    #expect(again.sampleBound == plan.sampleBound)

    // Equal plans are equal bytes.
    let bytes = try contents(path)
    try PlanFile(again).write(to: try newFile(path))
    #expect(try contents(path) == bytes)
  }

  @Test func aPlanFileRemembersWherePathsBegin() throws {
    let options = try fixture.mixture(
      sources: ["s: { paths: [a.txt], format: lines }"], phases: Self.onePhase)
    var relative = options
    let root = FileManager.default.currentDirectoryPath
    let up = String(repeating: "../", count: root.split(separator: "/").count)
    relative.mixturePath = up + options.mixturePath.dropFirst()
    relative.dataFolder = up + folder.file("data").dropFirst()
    relative.tokenizerFolders = [up + folder.path.dropFirst()]
    let file = PlanFile(try Plan(relative))
    #expect(file.options.mixturePath == options.mixturePath)
    #expect(file.options.dataFolder == folder.file("data"))
    #expect(file.options.tokenizerFolders == [folder.path])
    #expect(Array(file.inputs.keys) == [folder.file("data/a.txt")])
  }

  @Test(arguments: ["mixture", "input grows", "input is new", "not JSON"])
  func aPlanFileThatNoLongerHoldsIsRefused(_ change: String) throws {
    let options = try fixture.mixture(
      sources: ["s: { paths: [data/*.txt], format: lines }"], phases: Self.onePhase)
    let path = folder.file("plan.json")
    try PlanFile(try Plan(options)).write(to: try newFile(path))
    switch change {
    case "mixture":
      _ = try fixture.mixture(
        sources: ["s: { paths: [data/*.txt], format: lines }"], phases: Self.onePhase,
        more: ["seed: 2"])
    case "input grows": try folder.write("one\ntwo\nthree\n", to: "data/a.txt")
    case "input is new": try folder.write("x\n", to: "data/c.txt")
    default: try folder.write("[]", to: "plan.json")
    }
    let error = #expect(throws: CuveeError.self) { try PlanFile.plan(from: path) }
    #expect(error?.kind == .badData)
    #expect(error?.message.hasPrefix(path + ": ") == true)
  }
}
