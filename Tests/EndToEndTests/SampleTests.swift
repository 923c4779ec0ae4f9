import Foundation
import TestSupport
import Testing

/// The mixture of the samples, as `make demo` builds it.
@Suite struct SampleTests {
  static let mixture = Repository.path("Mixtures/sample.yaml")

  /// The table of `samples/README.md`, counted in Python.
  private static func figures() throws -> [String: [Int]] {
    let text = try String(contentsOfFile: Repository.path("samples/README.md"), encoding: .utf8)
    var figures: [String: [Int]] = [:]
    for line in text.split(separator: "\n") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let numbers = cells.dropFirst().compactMap { Int($0.replacing(",", with: "")) }
      if cells.count == 6, numbers.count == 5 { figures[cells[0]] = numbers }
    }
    return figures
  }

  @Test func countsAreThoseOfPython() throws {
    let bench = try Workbench()
    let built = try bench.build(Self.mixture)
    try built.expectSound()
    let figures = try Self.figures()
    #expect(figures.count == 6)
    var together = [0, 0, 0, 0, 0]
    for source in try built.manifest()["sources"].array {
      let documents = source["documents"]
      let bad = source["bad_records"].object.values.reduce(0) { $0 + ($1.integer ?? 0) }
      let found = [
        documents["read"].integer ?? -1, documents["dropped"]["exact_duplicate"].integer ?? 0,
        documents["kept"].integer ?? -1, bad, source["tokens"]["total"].integer ?? -1,
      ]
      #expect(found == figures[source["name"].string ?? ""], "\(source["name"])")
      together = zip(together, found).map { $0 + $1 }
    }
    #expect(together == figures["together"])
  }

  @Test func badRecordsAreNamed() throws {
    let bench = try Workbench()
    let outcome = try Cuvee.run(
      ["build", Self.mixture, "--output", bench.file("out"), "--cache", bench.file("cache")])
    #expect(outcome.status == 0)
    for line in [
      "  ../samples/articles-2.jsonl.gz: record 62: malformed_json: "
        + "a string is not closed; the record may be cut off",
      "  ../samples/articles.jsonl: record 55: null_field: the field \"text\" is null",
      "  ../samples/cot.tsv: record 150: wrong_field_count: "
        + "3 fields divided by tabs are wanted, not 2",
      "  ../samples/p3/sample_closed_book_question.jsonl: record 44: wrong_type: "
        + "the field \"completion\" is a number, a string is wanted",
    ] {
      #expect(outcome.errors.contains(line + "\n"))
    }
  }

  /// Every command that prints facts, for people and as JSON.
  @Test func commandsRun() throws {
    let bench = try Workbench()
    let built = try bench.build(Self.mixture)
    let (out, cache) = (built.path, bench.file("cache"))
    let again = ["--data", "Mixtures", "--tokenizer", "samples/tokenizer.json"]
    let commands = [
      ["check", "Mixtures/sample.yaml"], ["plan", "Mixtures/sample.yaml", "--cache", cache],
      ["build", "Mixtures/sample.yaml", "--cache", cache, "--output", out],
      ["inspect", out], ["inspect", out + "/02-instruct/shard.00000.mds.zstd"],
      ["trace", out, "--row", "436"], ["trace", out, "--row", "0", "--check"] + again,
      ["verify", out], ["verify", out, "--trace", "50"] + again,
      ["cache", "list", "--cache", cache], ["cache", "list", "--entries", "--cache", cache],
      ["tokenize", "samples/articles.jsonl", "--tokenizer", "samples/tokenizer.json", "--count"],
      ["stage", "run", "--plan", bench.file("plan.json"), "--stage", "mix", "--part", "0"]
        + ["--cache", cache],
      ["cache", "prune", "--unused-days", "30", "--cache", cache],
    ]
    #expect(
      try Cuvee.run(
        ["plan", "Mixtures/sample.yaml", "--cache", cache, "--output", bench.file("plan.json")]
      ).status == 0)
    for command in commands {
      let text = try Cuvee.run(command)
      #expect(text.status == 0 && !text.output.isEmpty, "\(command): \(text.errors)")
      #expect(text.errorLines.isEmpty, "\(command)")
      let json = try Cuvee.run(command + ["--json"])
      #expect(json.status == 0, "\(command): \(json.errors)")
      #expect(throws: Never.self, "\(command)") { try json.json() }
    }
  }

  @Test func rowsAndSchemaArePrinted() throws {
    let bench = try Workbench()
    let built = try bench.build(Self.mixture)
    let rows = try built.cat()
    #expect(rows.map { $0["row"].integer } == Array(0..<437))
    #expect(rows.allSatisfy { $0["tokens"].array.count == 128 })
    let few = try built.cat([
      "--rows", "10..12", "--text", "--tokenizer", Repository.sampleTokenizer,
    ])
    #expect(few.map { $0["row"].integer } == [10, 11])
    #expect(few.map { $0["tokens"] } == rows[10..<12].map { $0["tokens"] })
    #expect(few.allSatisfy { ($0["text"].string ?? "").count > 100 })
    #expect(try built.cat(["--rows", "3..3"]).isEmpty)
    let schema = try Cuvee.run(["schema"])
    #expect(schema.status == 0)
    #expect(try schema.json()["$schema"].string?.contains("2020-12") == true)
  }

  @Test func standardInputIsTokenized() throws {
    let text = "{\"text\": \"One.\"}\n{\"text\": \"Two, three.\"}\n"
    let outcome = try Cuvee.run(
      ["tokenize", "-", "--tokenizer", Repository.sampleTokenizer, "--count", "--json"],
      input: Data(text.utf8))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try outcome.json()["documents"].integer == 2)
    #expect(try outcome.json()["bytes"].integer == 15)
  }

  /// Each file is a source of its own, whatever lies together in a batch.
  @Test func tokensAreCountedBySource() throws {
    let bench = try Workbench()
    let good = #"{"text": "ab<|endoftext|>"}"# + "\n" + #"{"text": "é"}"# + "\n"
    let contents = [good, good + #"{"text": 1}"# + "\n", "", good + good]
    var files = try contents.enumerated().map { try bench.folder.write($1, as: "\($0).jsonl") }
    files.append(try bench.folder.write("text of a file", as: "4.txt"))
    let command =
      ["tokenize"] + files + ["--tokenizer", Repository.sampleTokenizer, "--count"]
      + ["--max-bad-share", "50%"]
    let facts = try Cuvee.run(command + ["--json"]).json()
    let sources = facts["sources"].array
    #expect(sources.map { $0["source"].string } == files)
    #expect(sources.map { $0["documents"].integer } == [2, 2, 0, 4, 1])
    #expect(sources.map { $0["bytes"].integer } == [17, 17, 0, 34, 14])
    #expect(sources.map { $0["special_tokens"].integer } == [1, 1, 0, 2, 0])
    #expect(sources.map { $0["bad_records"]["wrong_type"].integer } == [nil, 1, nil, nil, nil])
    for key in ["documents", "bytes", "tokens", "special_tokens"] {
      #expect(facts[key].integer == sources.compactMap { $0[key].integer }.reduce(0, +), "\(key)")
    }
    // One file by itself comes to the same.
    for (file, source) in zip(files, sources) {
      let alone = [
        "tokenize", file, "--tokenizer", Repository.sampleTokenizer, "--count", "--json",
        "--max-bad-share", "50%",
      ]
      #expect(try Cuvee.run(alone).json()["sources"].array == [source])
    }
    let shown = try Cuvee.run(command).output.split(separator: "\n")
    #expect(shown.count == 8, "a heading, 5 files, all, and what special tokens were")
    #expect(shown[6].hasPrefix("all "))
  }

  /// The cache's folder comes from the option, `$CUVEE_CACHE`, `$XDG_CACHE_HOME` or the home.
  @Test(arguments: [
    (["CUVEE_CACHE": "/one", "XDG_CACHE_HOME": "/two"], "/one"),
    (["XDG_CACHE_HOME": "/two"], "/two/cuvee"), (["HOME": "/three"], "/three/.cache/cuvee"),
  ])
  func cacheFolders(_ environment: [String: String], _ expected: String) throws {
    let bench = try Workbench()
    let outcome = try Cuvee.run(
      ["build", Self.mixture, "--output", bench.file("out"), "--quiet"],
      environment: environment.mapValues { bench.folder.path + $0 })
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(FileManager.default.fileExists(atPath: bench.folder.path + expected + "/write"))
  }

  /// What lies in the repository for the tests and the demo stays small.
  @Test(arguments: ["samples", "Tests"])
  func fixturesAreSmall(_ folder: String) throws {
    for (name, bytes) in try FileTree(Repository.path(folder)).files {
      #expect(bytes.count < 1_000_000, "\(folder)/\(name)")
    }
  }
}
