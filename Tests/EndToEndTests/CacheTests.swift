import Foundation
import Glibc
import TestSupport
import Testing

/// Work is redone exactly where something changed.
@Suite struct CacheTests {
  /// The samples with their mixture file, to be changed.
  private static func bench() throws -> (Workbench, mixture: String) {
    let bench = try Workbench()
    try bench.folder.copy(Repository.path("samples"), as: "samples")
    return (bench, try bench.folder.copy(SampleTests.mixture, as: "Mixtures/sample.yaml"))
  }

  private static func change(_ path: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try #require(text.contains(old))
    try text.replacing(old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test func aNewWeightOrdersAndWrites() throws {
    let (bench, mixture) = try Self.bench()
    _ = try bench.build(mixture)
    try Self.change(mixture, "cot: 5%, p3: 20%", "cot: 10%, p3: 15%")
    let built = try bench.build(mixture, ["--replace"])
    #expect(Set(built.stages.worked.keys).isSubset(of: ["mix", "shuffle", "write", "documents"]))
    #expect(built.stages.done("mix") == 1)
    // The sources' order is there, and the first phase's shard is the same.
    #expect(built.stages.done("shuffle") == 0)
    #expect(built.stages.done("write") == 1)
    expectSame(
      try built.tree(), try bench.build(mixture, output: "fresh", cache: "fresh-cache").tree())
  }

  /// More of a source than one epoch: its second order is all that is new before the writing.
  @Test func moreEpochsShuffleOnly() throws {
    let (bench, mixture) = try Self.bench()
    try Self.change(mixture, "cot: 5%, p3: 20%, ni: 20%", "cot: 5%, p3: 5%, ni: 35%")
    try Self.change(mixture, "tokens: 32k", "tokens: 16k")
    _ = try bench.build(mixture)
    try Self.change(mixture, "tokens: 16k", "tokens: 60k")
    try Self.change(mixture, "notes: 5%, articles: 50%", "notes: 1%, articles: 54%")
    try Self.change(mixture, "max_epochs: 2", "max_epochs: 3")
    let built = try bench.build(mixture, ["--replace"])
    #expect(Set(built.stages.worked.keys).isSubset(of: ["mix", "shuffle", "write", "documents"]))
    #expect(built.stages.done("shuffle") ?? 0 > 0)
  }

  @Test func aChangedFileLeavesOtherSourcesAlone() throws {
    let (bench, mixture) = try Self.bench()
    let options = ["--part-size", "1"]  // every file is a part of its own
    let first = try bench.build(mixture, options)
    #expect(first.stages.parts("ingest") ?? 0 >= 18)
    try Self.change(bench.file("samples/notes/meeting.txt"), "a", "o")
    let plan = try bench.plan(mixture, options)
    #expect(plan.done("digest") == 1)
    let built = try bench.build(mixture, options + ["--replace"])
    #expect(built.stages.done("digest") == 1)
    #expect(built.stages.done("ingest") == 1)
    #expect(built.stages.done("sign") == 1)
    #expect(built.stages.done("tokenise") == 1)
  }

  @Test func anAddedFileIsAllThatIsRead() throws {
    let (bench, mixture) = try Self.bench()
    let options = ["--part-size", "1"]
    _ = try bench.build(mixture, options)
    try bench.folder.write("A note that was not there before.\n", as: "samples/notes/zebra.txt")
    let built = try bench.build(mixture, options + ["--replace"])
    #expect(built.stages.done("digest") == 1)
    #expect(built.stages.done("ingest") == 1)
    #expect(built.stages.done("sign") == 1)
    #expect(built.stages.done("tokenise") == 1)
    #expect(try built.source("notes")["documents"]["read"].integer == 7)
    expectSame(
      try built.tree(), try bench.build(mixture, output: "fresh", cache: "fresh-cache").tree())
  }

  /// Two notes are articles too. Whose they are changes what is removed of these two sources only.
  @Test func aChangedPriorityTokenisesWhereRemovalsChanged() throws {
    let (bench, mixture) = try Self.bench()
    _ = try bench.build(mixture)
    try Self.change(
      mixture, "priority: [cot, ni, p3, notes, articles]",
      "priority: [cot, ni, p3, articles, notes]")
    // Without two of its six documents `notes` is smaller.
    try Self.change(mixture, "notes: 5%, articles: 50%", "notes: 2%, articles: 53%")
    let built = try bench.build(mixture, ["--replace"])
    #expect(built.stages.done("ingest") == 0)
    #expect(built.stages.done("sign") == 0)
    #expect(built.stages.done("tokenise") == 2)
    #expect(try built.source("notes")["documents"]["dropped"]["exact_duplicate"].integer == 2)
    #expect(try built.source("articles")["documents"]["dropped"]["exact_duplicate"].integer == 3)
  }

  /// A file that was only touched is read once more, and no more than that.
  @Test func aTouchedFileIsOnlyDigested() throws {
    let (bench, mixture) = try Self.bench()
    let first = try bench.build(mixture)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)],
      ofItemAtPath: bench.file("samples/cot.tsv"))
    let built = try bench.build(mixture)
    #expect(built.stages.worked == ["digest": 1])
    #expect(built.digest == first.digest)
    let rehashed = try bench.build(mixture, ["--rehash"])
    // The small files of each of the five sources are one part.
    #expect(rehashed.stages.worked == ["digest": 5])
  }

  @Test(arguments: [
    ["--all"], ["--all", "--stage", "tokenise"], ["--all", "--stage", "ingest"],
    ["--all", "--stage", "shuffle"], ["--all", "--stage", "digest"], ["--unused-days", "0"],
  ])
  func whatIsPrunedIsDoneAgain(_ options: [String]) throws {
    let bench = try Workbench()
    let tree = try bench.build(SampleTests.mixture).tree()
    let pruned = try Cuvee.run(
      ["cache", "prune", "--cache", bench.file("cache"), "--json"] + options)
    #expect(pruned.status == 0, "\(pruned.errors)")
    #expect(try pruned.json()["entries"].integer ?? 0 > 0)
    let listed = try Cuvee.run(["cache", "list", "--cache", bench.file("cache"), "--json"]).json()
    for stage in listed["stages"].array where options.last == stage["stage"].string {
      #expect(stage["entries"].array.isEmpty)
    }
    let built = try bench.build(SampleTests.mixture, output: "again")
    #expect(built.stages.worked.isEmpty == false)
    expectSame(try built.tree(), tree, "\(options)")
  }

  @Test func pruningKeepsToASizeAndTheLastUsed() throws {
    let bench = try Workbench()
    let tree = try bench.build(SampleTests.mixture).tree()
    let cache = ["--cache", bench.file("cache")]
    let before = try Cuvee.run(["cache", "list", "--json", "--entries"] + cache).json()
    let sizes = before["stages"].array.flatMap { $0["entries"].array }
      .map { $0["bytes"].integer ?? 0 }
    let total = sizes.reduce(0, +)
    let limit = total / 2
    let prune = ["cache", "prune", "--json", "--max-size", "\(limit)"] + cache
    let dry = try Cuvee.run(prune + ["--dry-run"]).json()
    #expect(try Cuvee.run(["cache", "list", "--json", "--entries"] + cache).json() == before)
    let pruned = try Cuvee.run(prune).json()
    #expect(pruned == dry)
    let kept = try #require(pruned["kept_bytes"].integer)
    #expect(kept <= limit && kept > limit - (sizes.max() ?? 0))
    // What was done first was used longest ago.
    let after = try Cuvee.run(["cache", "list", "--json"] + cache).json()["stages"].array
    #expect(after.first { $0["stage"].string == "digest" }?["entries"].array.isEmpty == true)
    #expect(after.first { $0["stage"].string == "write" }?["entries"].array.count == 2)
    #expect(try Cuvee.run(["cache", "prune", "--all", "--max-size", "1"] + cache).status == 64)
    #expect(try Cuvee.run(["cache", "prune", "--max-size", "much"] + cache).status == 64)
    expectSame(try bench.build(SampleTests.mixture, output: "again").tree(), tree)
  }

  /// A hundred thousand small files must not leave a hundred thousand results behind.
  @Test func manySmallFilesLeaveFewDigests() throws {
    let bench = try Workbench()
    for index in 0..<3000 {
      try bench.folder.write("{\"text\":\"document \(index)\"}\n", as: "data/\(index).jsonl")
    }
    let mixture = try bench.folder.write(
      """
      name: many
      tokenizer: { path: \(Repository.sampleTokenizer) }
      sequence_length: 16
      sources: { a: { paths: ["data/*.jsonl"], format: jsonl } }
      phases: [{ tokens: 1k, weights: { a: 1 } }]
      """, as: "many.yaml")
    let built = try bench.build(mixture)
    let parts = try #require(built.stages.parts("digest"))
    #expect(parts < 20)
    #expect(try built.source("a")["documents"]["read"].integer == 3000)
    // A new file changes the part in which it lies and leaves the others alone.
    try bench.folder.write("{\"text\":\"one more\"}\n", as: "data/1500x.jsonl")
    #expect(try bench.plan(mixture).done("digest") == 1)
    // The list of inputs has every file with its digest, as sha256sum gives it.
    let manifest = try built.manifest()
    #expect(manifest["sources"].array.first?["files"].integer == 3000)
    try built.expectSound()
  }

  @Test func whatWasUsedTodayIsKept() throws {
    let bench = try Workbench()
    _ = try bench.build(SampleTests.mixture)
    let pruned = try Cuvee.run(
      ["cache", "prune", "--cache", bench.file("cache"), "--json", "--unused-days", "1"])
    #expect(try pruned.json()["entries"].integer == 0)
    #expect(try bench.build(SampleTests.mixture).stages.worked.isEmpty)
  }

  /// Pruning needs the cache alone; a build shares it.
  @Test func nothingIsPrunedDuringABuild() throws {
    let bench = try Workbench()
    _ = try bench.build(SampleTests.mixture)
    // A build holds this lock as long as it runs.
    let lock = unsafe open(bench.file("cache/lock"), O_RDWR)
    #expect(lock >= 0)
    #expect(flock(lock, LOCK_SH) == 0)
    let command = ["cache", "prune", "--all", "--cache", bench.file("cache")]
    let refused = try Cuvee.run(command)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("cache/lock"), "\(refused.errors)")
    #expect(try bench.build(SampleTests.mixture).stages.worked.isEmpty)
    close(lock)
    #expect(try Cuvee.run(command).status == 0)
  }

  /// A build that really runs: every attempt to prune is refused until it has ended.
  @Test func aRunningBuildKeepsItsCache() throws {
    let bench = try Workbench()
    var corpus = GeneratedCorpus(seed: 3)
    try bench.folder.write(corpus.jsonl(bytes: 3_000_000), as: "a.jsonl")
    let mixture = try bench.folder.write(
      """
      name: lock
      tokenizer: { path: \(Repository.sampleTokenizer) }
      sequence_length: 64
      sources: { a: { paths: [a.jsonl], format: jsonl } }
      phases: [{ tokens: 100k, weights: { a: 1 } }]
      """, as: "lock.yaml")
    let running = try Cuvee.start(bench.command(mixture, workers: 1))
    var refused = 0
    while running.isRunning {
      let prune = try Cuvee.run(
        ["cache", "prune", "--all", "--cache", bench.file("cache")])
      if prune.status == 1 { refused += 1 }
    }
    #expect(refused > 0)
    let outcome = try running.finish()
    #expect(outcome.status == 0, "\(outcome.errors)")
    try Built(path: bench.file("out"), facts: outcome.json()).expectSound()
  }

  /// Two builds in one cache at the same time, into two folders.
  @Test func buildsShareACache() throws {
    let bench = try Workbench()
    let running = try ["one", "two", "three"].map {
      try Cuvee.start(bench.command(SampleTests.mixture, output: $0))
    }
    for run in running {
      let outcome = try run.finish()
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let tree = try FileTree(bench.file("one"))
    for name in ["two", "three"] { expectSame(try FileTree(bench.file(name)), tree, name) }
  }
}
