import Foundation
import TestSupport
import Testing

/// Killed anywhere, the same command goes on and gives the same bytes.
@Suite(.serialized) struct InterruptionTests {
  /// A few MB in several files and parts: a build of some hundred milliseconds.
  private static func mixture(in folder: TemporaryFolder) throws -> String {
    var corpus = GeneratedCorpus(seed: 1)
    try folder.write(corpus.jsonl(bytes: 400_000), as: "a.jsonl")
    try folder.write(try Packer.pack(corpus.jsonl(bytes: 200_000), with: "gzip"), as: "b.jsonl.gz")
    try folder.write(try Packer.pack(corpus.jsonl(bytes: 200_000), with: "zstd"), as: "b.jsonl.zst")
    return try folder.write(
      """
      name: kill
      tokenizer: { path: \(Repository.sampleTokenizer) }
      sequence_length: 256
      sources:
        a: { paths: [a.jsonl], format: jsonl, steps: [{ deduplicate: { exact: true } }] }
        b: { paths: ["b.jsonl.*"], format: jsonl }
      deduplicate: [{ sources: [a, b], exact: true }]
      phases:
        - { name: first, tokens: 100k, weights: { a: 1, b: 2 } }
        - { name: second, tokens: 100k, weights: { a: 2, b: 1 } }
      repetition: { max_epochs: 4 }
      output: { shard_size: 128KiB }
      """, as: "kill.yaml")
  }

  private static let options = [
    "--part-size", "200KiB", "--text-part-size", "100KiB", "--batch-size", "32KiB",
    "--bucket-size", "16KiB", "--shuffle-memory", "256KiB",
  ]

  @Test(.timeLimit(.minutes(5))) func killedAtFiftyPoints() throws {
    let bench = try Workbench()
    let mixture = try Self.mixture(in: bench.folder)
    let command = bench.command(mixture, Self.options, output: "whole", cache: "whole-cache")
    let whole = try Cuvee.run(command)
    try #require(whole.status == 0, "\(whole.errors)")
    let tree = try FileTree(bench.file("whole"))
    var random = SeededGenerator(seed: 2)
    var killed = 0
    var seconds = whole.seconds
    for round in 0..<50 {
      let command = bench.command(mixture, Self.options)
      let cut = try Cuvee.run(command, killAfter: seconds * (0.05 + 0.95 * random.fraction()))
      if cut.status == -SIGKILL { killed += 1 } else { seconds = min(seconds, cut.seconds) }
      try expectNoHalfOutput(bench.file("out"), tree)
      let again = try Cuvee.run(command)
      try #require(again.status == 0, "round \(round): \(again.errors)")
      expectSame(try FileTree(bench.file("out")), tree, "round \(round)")
      bench.folder.remove("out")
      bench.folder.remove("cache")
    }
    #expect(killed >= 20)
  }

  /// Killed again and again in the same cache until it is through, each time a little later.
  @Test(.timeLimit(.minutes(5))) func killedManyTimesInARow() throws {
    let bench = try Workbench()
    let mixture = try Self.mixture(in: bench.folder)
    let whole = try Cuvee.run(
      bench.command(mixture, Self.options, output: "whole", cache: "whole-cache"))
    try #require(whole.status == 0, "\(whole.errors)")
    let command = bench.command(mixture, Self.options)
    var killed = 0
    var outcome: Cuvee.Outcome
    repeat {
      outcome = try Cuvee.run(
        command, killAfter: whole.seconds * (0.05 + 0.03 * Double(killed)))
      if outcome.status == -SIGKILL { killed += 1 }
    } while outcome.status == -SIGKILL && killed < 40
    #expect(killed >= 2)
    #expect(try Cuvee.run(command).status == 0)
    expectSame(try FileTree(bench.file("out")), try FileTree(bench.file("whole")))
    // Nothing of the killed runs is left.
    let staging = try FileManager.default.contentsOfDirectory(atPath: bench.file("cache/staging"))
    #expect(staging.isEmpty)
  }

  /// An output that a build was killed over while it put it together.
  @Test func halfAssembledOutputsAreReplaced() throws {
    let bench = try Workbench()
    let whole = try bench.build(SampleTests.mixture)
    let tree = try whole.tree()
    let marker = "out/.cuvee-incomplete"
    // Each: what is there of the output when the build comes again.
    let states: [() throws -> Void] = [
      { try bench.folder.write("", as: marker) },
      {
        try bench.folder.write("", as: marker)
        bench.folder.remove("out/manifest.json")
      },
      {
        try bench.folder.write("", as: marker)
        bench.folder.remove("out/manifest.json")
        bench.folder.remove("out/02-instruct")
        bench.folder.remove("out/01-articles/index.json")
        try bench.folder.write("half", as: "out/03-other/shard.00000.mds.zstd")
        try bench.folder.write(
          #"{"files":["03-other/shard.00000.mds.zstd","index.json"]}"#, as: marker)
      },
      {
        bench.folder.remove("out")
        try bench.folder.write("", as: marker)
      },
      // Killed between making the marker and giving it its name.
      {
        bench.folder.remove("out")
        try bench.folder.write("half", as: "out/..cuvee-incomplete.12.1.cuvee-temporary")
      },
      { bench.folder.remove("out") },
    ]
    for (index, state) in states.enumerated() {
      try state()
      if FileManager.default.fileExists(atPath: bench.file(marker)) {
        // Not an output to anyone who looks.
        let manifest = FileManager.default.fileExists(atPath: bench.file("out/manifest.json"))
        let status = try Cuvee.run(["inspect", whole.path]).status
        #expect(manifest || status == 66)
      }
      let again = try bench.build(SampleTests.mixture)
      #expect(again.stages.worked.isEmpty)
      expectSame(try again.tree(), tree, "state \(index)")
    }
  }

  /// A finished output that lost files since: the same build makes it whole.
  @Test(arguments: [
    "manifest.json", "index.json", "inputs.zst", "01-articles/shard.00000.mds.zstd",
    "02-instruct/segments.00000.zst", "02-instruct/index.json", "documents/cot/ids.zst",
  ])
  func lostFilesComeBack(_ name: String) throws {
    let bench = try Workbench()
    let tree = try bench.build(SampleTests.mixture).tree()
    bench.folder.remove("out/" + name)
    if name == "manifest.json" {
      // Without its manifest nobody knows whose the folder is.
      let refused = try bench.tryBuild(SampleTests.mixture)
      #expect(refused.status == 65)
      return
    }
    #expect(try Cuvee.run(["verify", bench.file("out")]).status == 65)
    expectSame(try bench.build(SampleTests.mixture).tree(), tree, name)
  }

  /// A folder without a marker has all of the output, or nothing that says it is one.
  private func expectNoHalfOutput(_ path: String, _ tree: FileTree) throws {
    let files = FileManager.default
    guard files.fileExists(atPath: path + "/manifest.json"),
      !files.fileExists(atPath: path + "/.cuvee-incomplete")
    else { return }
    expectSame(try FileTree(path), tree, "killed after the manifest")
  }
}
