import Foundation
import TestSupport
import Testing

/// No command writes over what it reads, and none leaves half a file.
@Suite struct OutputGuardTests {
  private static let text =
    "{\"text\":\"This is the first sentence of a document.\\nThis line ends without a mark\"}\n"

  /// The ways to name a file a second time.
  private static let names = [
    "v.jsonl", "./v.jsonl", "symbolic.jsonl", "hard.jsonl", "folder/v.jsonl",
  ]

  private static func bench() throws -> Workbench {
    let bench = try Workbench()
    let path = try bench.folder.write(text, as: "v.jsonl")
    try FileManager.default.createSymbolicLink(
      atPath: bench.file("symbolic.jsonl"), withDestinationPath: "v.jsonl")
    try FileManager.default.linkItem(atPath: path, toPath: bench.file("hard.jsonl"))
    try FileManager.default.createSymbolicLink(
      atPath: bench.file("folder"), withDestinationPath: ".")
    try bench.folder.write(
      "name: own\nsteps: [{ maximum-characters: { maximum: 1000 } }]\n", as: "own.yaml")
    try bench.folder.copy(Repository.sampleTokenizer, as: "vocabulary.npy")
    try bench.folder.write(
      """
      name: guard
      tokenizer: { path: vocabulary.npy }
      sequence_length: 16
      sources: { a: { paths: [v.jsonl], format: jsonl, steps: [./own.yaml] } }
      phases: [{ tokens: 32, weights: { a: 1 } }]
      repetition: { max_epochs: 100 }
      """, as: "m.yaml")
    return bench
  }

  private func expectRefused(
    _ arguments: [String], in bench: Workbench, _ words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try FileTree(bench.folder.path)
    for force in [[], ["--force"]] {
      let outcome = try Cuvee.run(arguments + force, directory: bench.folder.path)
      #expect(
        outcome.status == 65, "\(arguments): \(outcome.errors)", sourceLocation: sourceLocation)
      #expect(outcome.errors.contains(words), "\(outcome.errors)", sourceLocation: sourceLocation)
    }
    expectSame(try FileTree(bench.folder.path), before, sourceLocation: sourceLocation)
  }

  @Test func filterSparesWhatItReads() throws {
    let bench = try Self.bench()
    for name in Self.names {
      try expectRefused(
        ["filter", "v.jsonl", "--with", "own.yaml", "--output", name], in: bench,
        "is the input v.jsonl")
    }
    try expectRefused(
      ["filter", "v.jsonl", "--with", "own.yaml", "--output", "own.yaml"], in: bench,
      "is the filter")
  }

  @Test func planSparesWhatItReads() throws {
    let bench = try Self.bench()
    let cache = ["--cache", bench.file("cache")]
    _ = try Cuvee.run(["plan", "m.yaml"] + cache, directory: bench.folder.path)
    try expectRefused(
      ["plan", "m.yaml", "--output", "m.yaml"] + cache, in: bench, "is the mixture file m.yaml")
    for name in Self.names {
      try expectRefused(
        ["plan", "m.yaml", "--output", name] + cache, in: bench, "is an input of a, v.jsonl")
    }
    try expectRefused(
      ["plan", "m.yaml", "--output", "own.yaml"] + cache, in: bench, "is the filter")
    try expectRefused(
      ["plan", "m.yaml", "--output", "vocabulary.npy"] + cache, in: bench, "is the tokenizer")
  }

  @Test func tokenizeSparesWhatItReads() throws {
    let bench = try Self.bench()
    try FileManager.default.linkItem(
      atPath: bench.file("v.jsonl"), toPath: bench.file("v.offsets.npy"))
    let command = ["tokenize", "v.jsonl", "--tokenizer", "vocabulary.npy", "--output"]
    try expectRefused(command + ["vocabulary.npy"], in: bench, "is the tokenizer")
    try expectRefused(command + ["v.npy"], in: bench, "v.offsets.npy: is the input v.jsonl")
  }

  @Test func buildSparesWhatItReads() throws {
    let bench = try Self.bench()
    let cache = bench.file("cache")
    for name in [".", "folder"] {
      let outcome = try Cuvee.run(
        ["build", "m.yaml", "--output", name, "--cache", cache, "--quiet", "--replace"],
        directory: bench.folder.path)
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("this folder holds the mixture file"), "\(outcome.errors)")
    }
  }

  @Test func anExistingFileNeedsForce() throws {
    let bench = try Self.bench()
    let command = ["filter", "v.jsonl", "--with", "own.yaml", "--output", "kept.jsonl"]
    #expect(try Cuvee.run(command, directory: bench.folder.path).status == 0)
    let kept = try Data(contentsOf: URL(fileURLWithPath: bench.file("kept.jsonl")))
    #expect(!kept.isEmpty)
    let again = try Cuvee.run(command, directory: bench.folder.path)
    #expect(again.status == 65)
    #expect(
      again.errors == "error: kept.jsonl: is there already; name another file, or give --force\n")
    try bench.folder.write("old", as: "kept.jsonl")
    #expect(try Cuvee.run(command + ["--force"], directory: bench.folder.path).status == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: bench.file("kept.jsonl"))) == kept)
    #expect(
      try Cuvee.run(command.dropLast() + ["none/kept.jsonl"], directory: bench.folder.path).status
        == 74)
  }

  /// A run that fails halfway leaves the old file, and nothing beside it.
  @Test func aFailedRunLeavesTheOldFile() throws {
    let bench = try Self.bench()
    try bench.folder.write("old", as: "kept.jsonl")
    try bench.folder.write("old", as: "ids.npy")
    let names = try FileTree(bench.folder.path).files.keys.sorted()
    for command in [
      ["filter", "v.jsonl", "missing.jsonl", "--with", "own.yaml", "--output", "kept.jsonl"],
      [
        "tokenize", "v.jsonl", "missing.jsonl", "--tokenizer", "vocabulary.npy", "--output",
        "ids.npy",
      ],
    ] {
      let outcome = try Cuvee.run(command + ["--force"], directory: bench.folder.path)
      #expect(outcome.status == 66, "\(outcome.errors)")
    }
    for name in ["kept.jsonl", "ids.npy"] {
      #expect(try String(contentsOfFile: bench.file(name), encoding: .utf8) == "old")
    }
    #expect(try FileTree(bench.folder.path).files.keys.sorted() == names)
  }

  /// Devices and pipes take the bytes as they come, and are never replaced.
  @Test func devicesAndPipesAreWrittenTo() throws {
    let bench = try Self.bench()
    let command = ["filter", "v.jsonl", "--with", "own.yaml", "--output"]
    let null = try Cuvee.run(command + ["/dev/null"], directory: bench.folder.path)
    #expect(null.status == 0, "\(null.errors)")
    let piped = try Cuvee.run(
      command + ["/dev/stdout"], directory: bench.folder.path,
      wrapper: ["/bin/sh", "-c", "\"$0\" \"$@\" | cat"])
    #expect(piped.output.contains("{\"id\":\"\",\"text\":\"This is the first sentence"), "\(piped)")
    // Standard output that is a file has a place in it, which a second opening would not keep.
    let file = try Cuvee.run(command + ["/dev/stdout"], directory: bench.folder.path)
    #expect(file.status == 65 || file.output.contains("{\"id\":\"\""), "\(file)")
    try FileManager.default.createSymbolicLink(
      atPath: bench.file("nowhere.jsonl"), withDestinationPath: "gone")
    #expect(
      try Cuvee.run(command + ["nowhere.jsonl"], directory: bench.folder.path).status == 65)
  }

  /// Standard input that comes from a file is an input as any other.
  @Test func standardInputIsSpared() throws {
    let bench = try Self.bench()
    let outcome = try Cuvee.run(
      ["filter", "-", "--with", "own.yaml", "--output", "v.jsonl", "--force"],
      directory: bench.folder.path, wrapper: ["/bin/sh", "-c", "\"$0\" \"$@\" <v.jsonl"])
    #expect(outcome.status == 65 && outcome.errors.contains("is the input -"), "\(outcome.errors)")
    #expect(try String(contentsOfFile: bench.file("v.jsonl"), encoding: .utf8) == Self.text)
  }
}
