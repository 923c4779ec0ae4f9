import Foundation
import TestSupport
import Testing

/// A build as a scheduler does it: every part of every stage a run of its own.
@Suite struct StageRunTests {
  @Test func allPartsOneByOneMakeTheBuild() throws {
    let bench = try Workbench()
    try bench.folder.copy(Repository.path("samples"), as: "samples")
    let mixture = try bench.folder.copy(SampleTests.mixture, as: "Mixtures/sample.yaml")
    // A barrier of a source's own with a filter after it, besides the one of all sources.
    try bench.folder.write(
      "name: f\nsteps: [{ maximum-characters: { maximum: 100000 } }]\n", as: "Mixtures/f.yaml")
    let text = try String(contentsOfFile: mixture, encoding: .utf8)
    try text.replacing(
      "format: flan-cot", with: "format: flan-cot, steps: [{deduplicate: {exact: true}}, ./f.yaml]"
    )
    .write(toFile: mixture, atomically: true, encoding: .utf8)
    let sizes = ["--part-size", "40KB", "--bucket-size", "10KB"]
    let written = try Cuvee.run(
      ["plan", mixture, "--cache", bench.file("cache"), "--output", bench.file("plan.json")] + sizes
    )
    #expect(written.status == 0, "\(written.errors)")
    var stages: [String] = []
    while true {
      let plan = try bench.plan(mixture, sizes)
      guard
        let next = plan.reports.first(where: { $0["parts_done"].integer ?? 0 > 0 }),
        let stage = next["stage"].string, let parts = next["parts"].integer,
        let left = next["parts_done"].integer
      else { break }
      stages.append(stage)
      // What comes after a stage has to wait for all of it.
      if stage != "audit" {
        let early = try run(bench, "audit", 0)
        #expect(early.status == 1, "\(early.output)")
        #expect(early.errors.hasPrefix("error: stage \(stage), part "), "\(early.errors)")
        #expect(early.errors.hasSuffix("is not done yet; run it first\n"), "\(early.errors)")
      }
      // Which parts are there already: those of an earlier go, and what a barrier before has signed.
      var done = 0
      for part in 0..<parts {
        let outcome = try run(bench, stage, part)
        try #require(outcome.status == 0, "\(stage) \(part): \(outcome.errors)")
        if try outcome.json()["cached"].boolean == false { done += 1 }
      }
      #expect(done == left, "\(stage)")
      #expect(try run(bench, stage, parts - 1).json()["cached"].boolean == true)
      try #require(stages.count < 40)
    }
    #expect(
      stages == [
        "digest", "ingest", "sign", "resolve", "mark", "filter", "sign", "resolve", "mark",
        "tokenise", "mix", "shuffle", "write", "documents", "inputs", "audit",
      ])
    let built = try bench.build(mixture, sizes)
    #expect(built.stages.worked.isEmpty)
    let fresh = try bench.build(mixture, output: "fresh", cache: "fresh-cache")
    #expect(built.digest == fresh.digest)
    expectSame(try built.tree(), try fresh.tree())
  }

  @Test func partsThatAreNotThereAreRefused() throws {
    let bench = try Workbench()
    let plan = try Cuvee.run(
      ["plan", SampleTests.mixture, "--cache", bench.file("cache")]
        + ["--output", bench.file("plan.json")])
    #expect(plan.status == 0)
    // The small files of each of the five sources are one part.
    let first = try run(bench, "digest", 5)
    #expect(first.status == 65)
    #expect(first.errors == "error: --part 5: stage digest has 5 parts, numbered from 0\n")
    _ = try bench.build(SampleTests.mixture)
    for (stage, parts) in [("digest", 5), ("sign", 5), ("mix", 1), ("documents", 5)] {
      let outcome = try run(bench, stage, parts)
      #expect(outcome.status == 65)
      #expect(
        outcome.errors
          == "error: --part \(parts): stage \(stage) has \(parts) parts, numbered from 0\n")
    }
  }

  @Test func changesSinceThePlanAreFound() throws {
    let bench = try Workbench()
    try bench.folder.copy(Repository.path("samples"), as: "samples")
    let mixture = try bench.folder.copy(SampleTests.mixture, as: "Mixtures/sample.yaml")
    let plan = [
      "plan", mixture, "--cache", bench.file("cache"), "--output", bench.file("plan.json"),
      "--force",
    ]
    #expect(try Cuvee.run(plan).status == 0)
    try bench.folder.write("Another note.\n", as: "samples/notes/zebra.txt")
    let added = try run(bench, "digest", 0)
    #expect(added.status == 65)
    #expect(
      added.errors
        == "error: \(bench.file("plan.json")): input files have changed since the plan was made; "
        + "plan again\n")
    #expect(try Cuvee.run(plan).status == 0)
    #expect(try run(bench, "digest", 0).status == 0)
    let text = try String(contentsOfFile: mixture, encoding: .utf8)
    try (text + "\n").write(toFile: mixture, atomically: true, encoding: .utf8)
    let changed = try run(bench, "digest", 0)
    #expect(changed.status == 65)
    #expect(
      changed.errors
        == "error: \(bench.file("plan.json")): \(mixture), or a filter of it, has changed since "
        + "the plan was made; plan again\n")
  }

  private func run(_ bench: Workbench, _ stage: String, _ part: Int) throws -> Cuvee.Outcome {
    try Cuvee.run(
      ["stage", "run", "--plan", bench.file("plan.json"), "--stage", stage, "--part", "\(part)"]
        + ["--cache", bench.file("cache"), "--workers", "2", "--json"])
  }
}
