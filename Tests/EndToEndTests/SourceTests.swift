import Foundation
import TestSupport
import Testing

/// What a mixture file may say of its sources, and what their files may look like.
@Suite struct SourceTests {
  /// Texts of so many words, each with its number so that none is there twice.
  private static func texts(_ count: Int, seed: UInt64) -> [String] {
    var corpus = GeneratedCorpus(seed: seed)
    return (0..<count).map { "\(seed).\($0) " + corpus.text(words: 5 + $0 % 30) }
  }

  /// A mixture file of rows of eight tokens.
  private static func mixture(
    _ bench: Workbench, sources: [String], phase: String, rest: String = "", name: String = "m.yaml"
  ) throws -> String {
    try bench.folder.write(
      """
      name: sources
      tokenizer: { path: \(Repository.sampleTokenizer) }
      sequence_length: 8
      sources:
      \(sources.map { "  " + $0 }.joined(separator: "\n"))
      phases: [{ \(phase) }]
      \(rest)
      """, as: name)
  }

  @Test func stepsOfASourceAreItsOwn() throws {
    let bench = try Workbench()
    let texts = Self.texts(20, seed: 1)
    try bench.folder.write(jsonLines(texts + texts), as: "a.jsonl")
    try bench.folder.write(jsonLines(texts + texts.prefix(5)), as: "b.jsonl")
    let mixture = try Self.mixture(
      bench,
      sources: [
        "a: { paths: [a.jsonl], format: jsonl, steps: [{ deduplicate: { exact: true } }] }",
        "b: { paths: [b.jsonl], format: jsonl }",
      ], phase: "tokens: 80, weights: { a: 1, b: 1 }")
    let built = try bench.build(mixture)
    #expect(try built.source("a")["documents"]["kept"].integer == 20)
    #expect(try built.source("a")["documents"]["dropped"]["exact_duplicate"].integer == 20)
    #expect(try built.source("b")["documents"]["kept"].integer == 25)
    #expect(try built.source("b")["documents"]["dropped"].object.isEmpty)
    try built.expectSound()
  }

  /// Each epoch holds every document once, in an order of its own; only the last few tokens, less
  /// than a row, are left out.
  @Test func epochsArePermutations() throws {
    let bench = try Workbench()
    try bench.folder.write(jsonLines(Self.texts(15, seed: 2)), as: "a.jsonl")
    let sources = ["a: { paths: [a.jsonl], format: jsonl }"]
    let probe = try bench.build(
      try Self.mixture(bench, sources: sources, phase: "tokens: 8, weights: { a: 1 }"),
      output: "probe")
    let perEpoch = try #require(try probe.source("a")["rows"]["per_epoch"].integer)
    let total = try #require(try probe.source("a")["tokens"]["total"].integer)
    #expect(perEpoch == total / 8)
    let built = try bench.build(
      try Self.mixture(
        bench, sources: sources, phase: "tokens: \(perEpoch * 3 * 8), weights: { a: 1 }",
        rest: "repetition: { max_epochs: 3 }"))
    #expect(built.rows == perEpoch * 3)
    var orders: [[Int]] = []
    for epoch in 0..<3 {
      var order: [Int] = []
      var seen: [Int: Int] = [:]
      var lengths: [Int: Int] = [:]
      for row in epoch * perEpoch..<(epoch + 1) * perEpoch {
        for segment in try built.trace(row)["segments"].array {
          let document = try #require(segment["document"].integer)
          if seen[document] == nil { order.append(document) }
          #expect(segment["offset_in_document"].integer == seen[document, default: 0])
          seen[document, default: 0] += segment["length"].integer ?? 0
          lengths[document] = segment["document_tokens"].integer
        }
      }
      // All but the last are whole.
      for document in order.dropLast() { #expect(seen[document] == lengths[document]) }
      #expect(seen.values.reduce(0, +) == perEpoch * 8)
      #expect(order.count >= 14 && Set(order).isSubset(of: 0..<15))
      orders.append(order)
    }
    #expect(Set(orders).count == 3)
  }

  /// A source of few rows in a phase that asks for more.
  private func exhausted(_ bench: Workbench, _ repetition: String, name: String) throws -> Built {
    try bench.folder.write(jsonLines(Self.texts(10, seed: 3)), as: "a.jsonl")
    try bench.folder.write(jsonLines(Self.texts(400, seed: 4)), as: "b.jsonl")
    try bench.folder.write(jsonLines(Self.texts(400, seed: 5)), as: "c.jsonl")
    let mixture = try Self.mixture(
      bench, sources: ["a", "b", "c"].map { "\($0): { paths: [\($0).jsonl], format: jsonl }" },
      phase: "tokens: 3200, weights: { a: 50%, b: 20%, c: 30% }",
      rest: "repetition: { \(repetition) }", name: "\(name).yaml")
    let built = try bench.build(mixture, output: name)
    try built.expectSound()
    return built
  }

  @Test func exhaustedSources() throws {
    let bench = try Workbench()
    func sources(_ built: Built) throws -> [String] {
      try built.cat().map { $0["source"].string ?? "" }
    }
    let endless = try sources(
      try exhausted(bench, "max_epochs: 1000", name: "endless"))
    #expect(endless.count == 400)
    let stop = try exhausted(bench, "max_epochs: 2, when_exhausted: stop", name: "stop")
    let stopped = try sources(stop)
    let supply = try #require(try stop.source("a")["rows"]["per_epoch"].integer) * 2
    #expect(stopped == Array(endless.prefix(stopped.count)))
    #expect(stopped.count { $0 == "a" } == supply)
    #expect(endless[stopped.count] == "a")
    let others = try exhausted(
      bench, "max_epochs: 2, when_exhausted: renormalise", name: "renormalise")
    let renormalised = try sources(others)
    #expect(renormalised.count == 400)
    #expect(renormalised.count { $0 == "a" } == supply)
    let last = try #require(renormalised.lastIndex(of: "a"))
    // From there on b and c are 2 to 3.
    let rest = renormalised[(last + 1)...]
    #expect(abs(rest.count { $0 == "b" } * 5 - rest.count * 2) <= 10)
    #expect(Array(renormalised[...last]) == Array(endless[...last]))
    try expectErrors(of: others, renormalised)
  }

  /// Counts the errors of a renormalised phase by their definition, from the rows that `cat` shows.
  private func expectErrors(of output: Built, _ rows: [String]) throws {
    let phase = try #require(try output.manifest()["phases"].array.first)
    let weights = Dictionary(
      uniqueKeysWithValues: try phase["sources"].array.map {
        (
          try #require($0["name"].string),
          Double(try #require($0["weight_numerator"].integer))
        )
      })
    func greatest(_ rows: ArraySlice<String>, without exhausted: Set<String>) -> Double {
      let inForce = weights.filter { !exhausted.contains($0.key) }
      let sum = inForce.values.reduce(0, +)
      var counts: [String: Double] = [:]
      var greatest = 0.0
      for (index, row) in rows.enumerated() {
        counts[row, default: 0] += 1
        for (source, weight) in inForce {
          greatest = max(
            greatest, abs(counts[source, default: 0] - Double(index + 1) * weight / sum))
        }
      }
      return greatest
    }
    let whole = try #require(phase["greatest_phase_error"].number)
    #expect(abs(whole - greatest(rows[...], without: [])) < 1e-9 && whole > 2)
    var from = 0
    var inside = 0.0
    for stretch in phase["stretches"].array {
      let end = from + (try #require(stretch["rows"].integer))
      inside = max(
        inside,
        greatest(
          rows[from..<end], without: Set(stretch["exhausted"].array.compactMap(\.string))))
      from = end
    }
    #expect(from == rows.count)
    #expect(abs((try #require(phase["greatest_prefix_error"].number)) - inside) < 1e-9)
    try output.expectSound()
  }

  @Test func scaleMultipliesThePhases() throws {
    let bench = try Workbench()
    let whole = try bench.build(SampleTests.mixture, output: "whole")
    let part = try bench.build(SampleTests.mixture, ["--scale", "25%"], output: "part")
    let phases = try part.manifest()["phases"].array
    #expect(phases.map { $0["target_tokens"].integer } == [6000, 8000])
    #expect(phases.map { $0["rows"].integer } == [46, 62])
    try part.expectSound()
    let (few, all) = (try part.cat(), try whole.cat())
    // The first phase's rows are the first rows of the whole.
    #expect(few[..<46].map { $0["tokens"] } == all[..<46].map { $0["tokens"] })
  }

  @Test func samplesAreCounted() throws {
    let bench = try Workbench()
    try bench.folder.write(jsonLines(Self.texts(1000, seed: 6)), as: "a.jsonl")
    let mixture = try Self.mixture(
      bench, sources: ["a: { paths: [a.jsonl], format: jsonl }"],
      phase: "tokens: 80, weights: { a: 1 }")
    let whole = try bench.build(mixture, output: "whole")
    var kept: [Int] = []
    for share in ["10%", "50%", "100%"] {
      let built = try bench.build(mixture, ["--sample", share], output: share)
      let documents = try built.source("a")["documents"]
      #expect(documents["read"].integer == 1000)
      kept.append(documents["kept"].integer ?? -1)
      let dropped = documents["dropped"].object.values.reduce(0) { $0 + ($1.integer ?? 0) }
      #expect(dropped == documents["dropped"]["not_sampled"].integer ?? 0)
      #expect(kept[kept.count - 1] + dropped == 1000)
      try built.expectSound()
      if share == "100%" { #expect(built.digest == whole.digest) }
    }
    // Four standard deviations of a hash's share.
    #expect((62...138).contains(kept[0]) && (437...563).contains(kept[1]) && kept[2] == 1000)
  }

  /// The same content packed in other ways, under the same name: the same rows.
  @Test func compressionDoesNotMatter() throws {
    let bench = try Workbench()
    let plain = Data(jsonLines(Self.texts(300, seed: 7)).utf8)
    let half = plain.count / 2
    let contents = [
      plain, try Packer.pack(plain, with: "gzip"), try Packer.pack(plain, with: "zstd"),
      try Packer.pack(plain.prefix(half), with: "gzip")
        + Packer.pack(plain.suffix(from: half), with: "gzip"),
      try Packer.pack(plain.prefix(half), with: "zstd")
        + Packer.pack(plain.suffix(from: half), with: "zstd"),
    ]
    var trees: [FileTree] = []
    for (index, content) in contents.enumerated() {
      let folder = "data\(index)"
      try bench.folder.write(content, as: "\(folder)/a.data")
      let mixture = try Self.mixture(
        bench, sources: ["a: { paths: [a.data], format: jsonl }"],
        phase: "tokens: 4000, weights: { a: 1 }", name: "\(folder)/m.yaml")
      trees.append(try bench.build(mixture, output: "out\(index)").tree())
      // What is known of the input itself differs, and nothing else.
      let differences = trees[index].differences(from: trees[0])
      #expect(
        Set(differences).isSubset(of: ["inputs.zst", "manifest.json"]), "\(index): \(differences)")
    }
    // Under other names documents come in another order, and they are the same documents.
    for (name, content) in [("a.jsonl.gz", contents[1]), ("a.jsonl.zst", contents[2])] {
      try bench.folder.write(content, as: "named/\(name)")
      let mixture = try Self.mixture(
        bench, sources: ["a: { paths: [\(name)], format: jsonl }"],
        phase: "tokens: 4000, weights: { a: 1 }", name: "named/m.yaml")
      let built = try bench.build(mixture, output: name)
      let manifest = try JSONValue(parsing: try #require(trees[0].files["manifest.json"]))
      let (source, first) = (try built.source("a"), manifest["sources"][0])
      #expect(source["documents"] == first["documents"] && source["tokens"] == first["tokens"])
      #expect(source["bytes"] == first["bytes"])
    }
  }

  @Test func symbolicLinksAreFollowed() throws {
    let bench = try Workbench()
    let lines = jsonLines(Self.texts(50, seed: 8))
    try bench.folder.write(lines, as: "real/data/a.jsonl")
    try bench.folder.write(lines, as: "store/x")
    let mixture = { name in
      try Self.mixture(
        bench, sources: ["a: { paths: [\"data/*.jsonl\"], format: jsonl }"],
        phase: "tokens: 400, weights: { a: 1 }", name: name)
    }
    let real = try bench.build(mixture("real/m.yaml"), output: "1").tree()
    let files = FileManager.default
    try files.createDirectory(atPath: bench.file("file/data"), withIntermediateDirectories: true)
    try files.createSymbolicLink(
      atPath: bench.file("file/data/a.jsonl"), withDestinationPath: "../../store/x")
    expectSame(try bench.build(mixture("file/m.yaml"), output: "2").tree(), real, "a file")
    try files.createDirectory(atPath: bench.file("folder"), withIntermediateDirectories: true)
    try files.createSymbolicLink(
      atPath: bench.file("folder/data"), withDestinationPath: bench.file("real/data"))
    expectSame(try bench.build(mixture("folder/m.yaml"), output: "3").tree(), real, "a folder")
    try files.createDirectory(atPath: bench.file("broken/data"), withIntermediateDirectories: true)
    try files.createSymbolicLink(
      atPath: bench.file("broken/data/a.jsonl"), withDestinationPath: "nowhere")
    let broken = try bench.tryBuild(mixture("broken/m.yaml"), output: "4")
    #expect(broken.status == 66, "\(broken.errors)")
    #expect(broken.errors.contains("data/*.jsonl") || broken.errors.contains("data/a.jsonl"))
  }

  /// Line ends, a byte order mark and blank lines are no content.
  @Test func linesMayLookDifferent() throws {
    let bench = try Workbench()
    let texts = Self.texts(60, seed: 9)
    let plain = jsonLines(texts)
    func build(_ content: String, _ name: String) throws -> Built {
      try bench.folder.write(content, as: "\(name)/a.jsonl")
      let mixture = try Self.mixture(
        bench, sources: ["a: { paths: [a.jsonl], format: jsonl }"],
        phase: "tokens: 800, weights: { a: 1 }", name: "\(name)/m.yaml")
      return try bench.build(mixture, output: "out-\(name)")
    }
    let rows = try build(plain, "plain").cat()
    for (name, content) in [
      ("crlf", plain.replacing("\n", with: "\r\n")), ("bom", "\u{FEFF}" + plain),
      ("open", String(plain.dropLast())),
    ] {
      #expect(try build(content, name).cat() == rows, "\(name)")
    }
    let blank = try build("\n \t\n" + plain.replacing("\n", with: "\n\n\r\n") + "\n\n", "blank")
    #expect(try blank.source("a")["documents"]["kept"].integer == 60)
    #expect(try blank.source("a")["bad_records"].object.isEmpty)
  }

  @Test func emptyFilesHoldNothing() throws {
    let bench = try Workbench()
    let texts = Self.texts(60, seed: 10)
    try bench.folder.write(jsonLines(texts), as: "b.jsonl")
    try bench.folder.write("", as: "a.jsonl")
    try bench.folder.write("", as: "c.jsonl")
    try bench.folder.write("", as: "n.txt")
    try bench.folder.write("", as: "z.jsonl")
    let mixture = try Self.mixture(
      bench,
      sources: [
        "a: { paths: [\"*.jsonl\"], format: jsonl }",
        "n: { paths: [n.txt, z.jsonl], format: text }",
      ], phase: "tokens: 400, weights: { a: 1, n: 0 }", rest: "max_bad_share: 100%")
    let built = try bench.build(mixture)
    try built.expectSound()
    #expect(try built.source("a")["documents"]["kept"].integer == 60)
    #expect(try built.source("a")["files"].integer == 4)
    #expect(try built.source("n")["documents"]["kept"].integer == 0)
  }

  /// The same files in two sources are two sources.
  @Test func sourcesMayShareFiles() throws {
    let bench = try Workbench()
    try bench.folder.write(jsonLines(Self.texts(60, seed: 11)), as: "a.jsonl")
    let mixture = try Self.mixture(
      bench,
      sources: [
        "one: { paths: [a.jsonl], format: jsonl }", "two: { paths: [a.jsonl], format: jsonl }",
      ],
      phase: "tokens: 800, weights: { one: 1, two: 1 }")
    let built = try bench.build(mixture)
    try built.expectSound()
    let rows = try built.cat()
    #expect(rows.count { $0["source"].string == "one" } == 50)
    // Each in an order of its own.
    #expect(
      rows.filter { $0["source"].string == "one" }.map { $0["tokens"] }
        != rows.filter { $0["source"].string == "two" }.map { $0["tokens"] })
    let deduplicated = try Self.mixture(
      bench,
      sources: [
        "one: { paths: [a.jsonl], format: jsonl }", "two: { paths: [a.jsonl], format: jsonl }",
      ],
      phase: "tokens: 400, weights: { one: 1, two: 0 }",
      rest: "deduplicate: [{ sources: [one, two], exact: true }]", name: "d.yaml")
    let alone = try bench.build(deduplicated, output: "alone")
    #expect(try alone.source("two")["documents"]["kept"].integer == 0)
    #expect(try alone.source("one")["documents"]["kept"].integer == 60)
  }
}
