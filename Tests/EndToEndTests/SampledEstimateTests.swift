import Foundation
import TestSupport
import Testing

/// What `check` says of a source after reading a sample of it, held to what a build counts.
@Suite struct SampledEstimateTests {
  private func mixture(
    _ bench: Workbench, _ source: String, tokens: String = "8", more: String = ""
  ) throws {
    try bench.folder.write(
      """
      name: t
      tokenizer: { path: \(Repository.sampleTokenizer) }
      sequence_length: 4
      sources:
        good: { paths: [good.jsonl], format: jsonl }
        s: { \(source) }
      phases: [{ tokens: \(tokens), weights: { good: 1, s: 1 } }]
      \(more)
      """, as: "m.yaml")
    try bench.folder.write(
      jsonLines((0..<40).map { "hello world, this is text \($0)" }), as: "good.jsonl")
  }

  private func run(_ bench: Workbench, _ command: String) throws -> Cuvee.Outcome {
    let build = ["--output", "out", "--cache", "cache", "--quiet"]
    return try Cuvee.run(
      [command, "m.yaml"] + (command == "build" ? build : []), directory: bench.folder.path)
  }

  /// A field that no record has is an error before any work, with what was meant.
  @Test(arguments: ["check", "build"])
  func wrongTemplate(_ command: String) throws {
    for (text, problem) in [
      (
        "{prompt}{answer}",
        "the field \"answer\" is missing, the record has \"prompt\", \"answers\", \"meta\"; "
          + "did you mean \"answers\"?"
      ),
      (
        "{meta.url}",
        "the field \"meta.url\" is missing, the record has \"meta.id\", \"meta.set\"; correct the "
          + "template `text`"
      ),
    ] {
      let bench = try Workbench()
      let record = #"{"prompt":"p","answers":"a","meta":{"id":1,"set":"x"}}"# + "\n"
      try bench.folder.write(String(repeating: record, count: 30), as: "s.jsonl")
      try mixture(bench, "paths: [s.jsonl], format: jsonl, text: \"\(text)\"")
      let outcome = try run(bench, command)
      #expect(outcome.status == 65)
      let field = text.hasPrefix("{meta") ? "meta.url" : "answer"
      let lines = (0..<3).map {
        "\n  s.jsonl: record \($0): missing_field: the field \"\(field)\" is missing"
      }
      #expect(
        outcome.errors
          == "error: m.yaml:6:47: s: none of its 30 records gives a document: 30 missing_field; "
          + problem + "; the first:" + lines.joined() + "\n")
      #expect(!FileManager.default.fileExists(atPath: bench.file("cache/ingest")))
    }
  }

  /// Where a mixture file allows it, a source may be all bad.
  @Test(arguments: ["check", "build"])
  func allBadOnPurpose(_ command: String) throws {
    let bench = try Workbench()
    try bench.folder.write(String(repeating: "{}\n", count: 30), as: "s.jsonl")
    try mixture(bench, "paths: [s.jsonl], format: jsonl", more: "max_bad_share: 100%")
    try bench.folder.write(
      String(contentsOfFile: bench.file("m.yaml"), encoding: .utf8).replacing("s: 1", with: "s: 0"),
      as: "m.yaml")
    #expect(try run(bench, command).status == 0)
  }

  /// The estimates of all sources against what a build counts: the share that it is off.
  private func compare(
    _ bench: Workbench, _ mixture: String, _ options: [String]
  ) throws -> [String: Double] {
    let check = try Cuvee.run(["check", mixture, "--json"] + options)
    try #require(check.status == 0, "\(check.errors)")
    let built = try bench.build(mixture, options)
    var off: [String: Double] = [:]
    for estimate in try check.json()["sources"].array {
      let name = try #require(estimate["name"].string)
      let estimated = try #require(estimate["estimated_tokens"].integer)
      let counted = try #require(try built.source(name)["tokens"]["total"].integer)
      off[name] = Double(estimated) / Double(counted) - 1
    }
    return off
  }

  @Test func estimatesOfTheSamples() throws {
    let off = try compare(Workbench(), SampleTests.mixture, [])
    #expect(off.count == 5)
    for (name, share) in off { #expect(abs(share) < 0.1, "\(name) is off by \(share)") }
  }

  @Test(.enabled(if: TestData.isThere, Comment(rawValue: TestData.absence)))
  func estimatesOfRealData() throws {
    let data = try #require(TestData.folder)
    let off = try compare(
      Workbench(), Repository.path("Mixtures/gpt-jt.yaml"), ["--data", data, "--scale", "0.1%"])
    #expect(off.count == 4)
    for (name, share) in off { #expect(abs(share) < 0.1, "\(name) is off by \(share)") }
  }

  /// Filters and limits count: of sources read whole the estimate is exact.
  @Test func filtersAndLimitsCount() throws {
    let bench = try Workbench()
    let pages = (0..<60).map { index in
      index % 3 == 0
        ? "This is page \(index) of many. It has three sentences here. Nobody reads it again."
        : "page \(index) has no sentence"
    }
    try bench.folder.write(jsonLines(pages), as: "s.jsonl")
    try bench.folder.write(
      """
      name: t
      tokenizer: { path: \(Repository.sampleTokenizer) }
      sequence_length: 4
      sources:
        s: { paths: [s.jsonl], format: jsonl, steps: ["\(Repository.path("Filters/c4-lines.yaml"))"] }
        ni:
          paths: ["\(Repository.path("samples/ni"))/*.json"]
          format: natural-instructions
          max_documents_per_file: 7
      phases: [{ tokens: 16, weights: { s: 1, ni: 1 } }]
      """, as: "m.yaml")
    let off = try compare(bench, bench.file("m.yaml"), [])
    #expect(off == ["s": 0, "ni": 0])
  }

  /// Sources that are larger than a sample: many plain files, many whole files.
  @Test func estimatesOfLargeSources() throws {
    let bench = try Workbench()
    var corpus = GeneratedCorpus(seed: 5)
    for index in 0..<20 {
      try bench.folder.write(
        corpus.jsonl(bytes: 40_000 + 20_000 * index), as: "plain/\(index).jsonl")
    }
    for index in 0..<200 {
      try bench.folder.write(corpus.jsonl(bytes: 500 + 100 * index), as: "text/\(index).txt")
    }
    try bench.folder.write(
      """
      name: t
      tokenizer: { path: \(Repository.sampleTokenizer) }
      sequence_length: 4
      sources:
        plain: { paths: [plain/*.jsonl], format: jsonl }
        text: { paths: [text/*.txt], format: text }
      phases: [{ tokens: 16, weights: { plain: 1, text: 1 } }]
      """, as: "m.yaml")
    let off = try compare(bench, bench.file("m.yaml"), [])
    #expect(off.count == 2)
    for (name, share) in off { #expect(abs(share) < 0.1, "\(name) is off by \(share)") }
    let check = try Cuvee.run(["check", bench.file("m.yaml"), "--json"]).json()
    for source in check["sources"].array {
      #expect(source["sample"]["is_whole"].boolean == false)
      #expect(source["sample"]["bytes"].integer ?? 0 < 2_000_000)
    }
    #expect(try Cuvee.run(["check", bench.file("m.yaml"), "--json"]).json() == check)
  }

  /// Compressed files are read from their beginnings; how far they expand is measured there, also
  /// where a decoder gives out whole members of a file.
  @Test(arguments: ["gzip", "zstd"], [40_000, 900_000])
  func estimatesOfCompressedFiles(_ program: String, _ memberBytes: Int) throws {
    let bench = try Workbench()
    var corpus = GeneratedCorpus(seed: 6)
    var packed = Data()
    for _ in 0..<(4_500_000 / memberBytes) {
      packed += try Packer.pack(corpus.jsonl(bytes: memberBytes), with: program)
    }
    let name = program == "gzip" ? "s.jsonl.gz" : "s.jsonl.zst"
    try bench.folder.write(packed, as: name)
    // Where there are rules, 2 MiB are read.
    try bench.folder.write(
      "name: f\nsteps: [{ maximum-characters: { maximum: 700 } }]\n", as: "Filters/f.yaml")
    try mixture(bench, "paths: [\(name)], format: jsonl, steps: [f]")
    let off = try compare(bench, bench.file("m.yaml"), [])
    #expect(abs(try #require(off["s"])) < 0.1, "off by \(off)")
    let check = try Cuvee.run(["check", bench.file("m.yaml"), "--json"]).json()
    let sample = check["sources"][1]["sample"]
    #expect(sample["is_whole"].boolean == false && sample["bytes"].integer ?? 0 < 3_000_000)
  }

  /// A build whose records have all been read before looks at none of them again.
  @Test func nothingIsSampledThatIsCached() throws {
    let bench = try Workbench()
    try bench.folder.write(String(repeating: "{}\n", count: 30), as: "s.jsonl")
    try mixture(bench, "paths: [s.jsonl], format: jsonl", more: "max_bad_share: 100%")
    let text = try String(contentsOfFile: bench.file("m.yaml"), encoding: .utf8)
      .replacing("s: 1", with: "s: 0")
    try bench.folder.write(text, as: "m.yaml")
    #expect(try run(bench, "build").status == 0)
    try bench.folder.write(text.replacing("max_bad_share: 100%", with: ""), as: "m.yaml")
    let outcome = try run(bench, "build")
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.hasPrefix("error: m.yaml: s: 30 of 30 records are bad"), "\(outcome.errors)")
  }

  /// A build that ends for want of tokens shows where the records have gone.
  @Test func shortagesAreExplained() throws {
    let bench = try Workbench()
    let lines = (0..<20).map { "{\"text\":\"page \($0) has no sentence\"}" } + ["{\"txt\":1}"]
    try bench.folder.write(lines.joined(separator: "\n"), as: "s.jsonl")
    try mixture(
      bench,
      "paths: [s.jsonl], format: jsonl, steps: [\"\(Repository.path("Filters/c4-lines.yaml"))\"]")
    let outcome = try run(bench, "build")
    #expect(outcome.status == 65)
    let errors = outcome.errors.split(separator: "\n").map(String.init)
    try #require(errors.count == 8, "\(outcome.errors)")
    #expect(errors[0].hasPrefix("error: m.yaml: s has 0 tokens, less than one row"))
    #expect(errors[1] == "  s: bad records: 1 of 21 (4.76 %): 1 missing_field")
    #expect(
      errors[2] == "  s:   s.jsonl: record 20: missing_field: the field \"text\" is missing")
    #expect(errors[3].hasPrefix("  s: documents read: 20, "))
    #expect(
      errors[4]
        == "  s: c4-lines/minimum-sentences [too_few_sentences]: 20 documents (100.00 %) dropped")
    for line in errors[5...6] {
      let record = line.split(separator: " ").last { Int($0.dropLast()) != nil }?.dropLast() ?? ""
      #expect(line == "  s:   s.jsonl, record \(record): \"page \(record) has no sentence\"")
    }
    let path = try #require(errors.last?.split(separator: " ").last.map(String.init))
    #expect(outcome.errors.contains("  s: more samples: zstd -dc \(path)"))
    #expect(FileManager.default.fileExists(atPath: path))
  }
}
