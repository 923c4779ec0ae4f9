import Foundation
import Glibc
import TestSupport
import Testing

/// Which files a source's patterns name, and what happens to those that cannot be read.
@Suite struct InputPatternTests {
  private static let good = "{\"text\":\"good\"}\n"

  private static func bench(
    _ paths: String, files: [String] = ["a.jsonl"]
  ) throws -> (Workbench, String) {
    let bench = try Workbench()
    for file in files { try bench.folder.write(good, as: file) }
    return (bench, try write(paths, in: bench))
  }

  private static func write(_ paths: String, in bench: Workbench) throws -> String {
    try bench.folder.write(
      """
      name: patterns
      tokenizer: { path: \(Repository.sampleTokenizer) }
      sequence_length: 2
      sources: { a: { paths: [\(paths)], format: jsonl } }
      phases: [{ tokens: 4, weights: { a: 1 } }]
      repetition: { max_epochs: 1000 }
      """, as: "m.yaml")
  }

  private static func files(_ mixture: String, _ bench: Workbench) throws -> Int? {
    let outcome = try Cuvee.run(["check", mixture, "--json"])
    try #require(outcome.status == 0, "\(outcome.errors)")
    return try outcome.json()["sources"].array.first?["files"].integer
  }

  @Test func everyFileThatCannotBeReadIsNamed() throws {
    let (bench, mixture) = try Self.bench("\"data/*.jsonl\"", files: ["data/a.jsonl"])
    for name in ["fifo-1", "fifo-2"] {
      #expect(unsafe mkfifo(bench.file("data/\(name).jsonl"), 0o644) == 0)
    }
    for (name, target) in [("gone", "nowhere"), ("gone-too", "nowhere"), ("loop", "loop.jsonl")] {
      try FileManager.default.createSymbolicLink(
        atPath: bench.file("data/\(name).jsonl"), withDestinationPath: target)
    }
    for command in ["check", "plan", "build"] {
      var arguments = [command, mixture]
      if command != "check" { arguments += ["--cache", bench.file("cache")] }
      if command == "build" { arguments += ["--output", bench.file("out")] }
      let outcome = try Cuvee.run(arguments, timeout: 20)
      #expect(outcome.status == 66)
      let lines = outcome.errorLines
      #expect(lines.count == 3, "\(outcome.errors)")
      #expect(lines.allSatisfy { $0.contains("m.yaml:4:") }, "\(outcome.errors)")
      #expect(
        lines.contains {
          $0.contains("\"data/fifo-1.jsonl\", \"data/fifo-2.jsonl\": is a pipe (FIFO)")
        }, "\(outcome.errors)")
      #expect(
        lines.contains {
          $0.contains("\"data/gone-too.jsonl\", \"data/gone.jsonl\": is not there")
        },
        "\(outcome.errors)")
      #expect(lines.contains { $0.contains("\"data/loop.jsonl\": cannot be examined") })
    }
  }

  @Test(
    .enabled(
      if: Wrapper.withoutCapabilities != nil, "root without setpriv reads every file"))
  func everyUnreadableFileAndFolderIsNamed() throws {
    let wrapper = try #require(Wrapper.withoutCapabilities)
    let (bench, mixture) = try Self.bench(
      "\"data/**/*.jsonl\"", files: ["data/a.jsonl", "data/b.jsonl", "data/c.jsonl"])
    let files = FileManager.default
    for name in ["a", "c"] {
      try files.setAttributes(
        [.posixPermissions: 0], ofItemAtPath: bench.file("data/\(name).jsonl"))
    }
    let outcome = try Cuvee.run(["check", mixture], wrapper: wrapper)
    #expect(outcome.status == 66)
    #expect(
      outcome.errors.contains(
        "\"data/a.jsonl\", \"data/c.jsonl\": cannot be opened (Permission denied)"),
      "\(outcome.errors)")
    for name in ["one", "two"] {
      try bench.folder.write(Self.good, as: "data/\(name)/x.jsonl")
      try files.setAttributes([.posixPermissions: 0], ofItemAtPath: bench.file("data/\(name)"))
    }
    let folders = try Cuvee.run(["check", mixture], wrapper: wrapper)
    #expect(folders.status == 66)
    #expect(folders.errorLines.count == 2, "\(folders.errors)")
    for name in ["one", "two"] {
      #expect(folders.errors.contains("data/\(name): cannot be listed: Permission denied"))
      try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: bench.file("data/\(name)"))
    }
  }

  /// A link that leads in a circle, and that no pattern names, is nobody's concern.
  @Test func linksThatNoPatternNamesDoNoHarm() throws {
    let (bench, mixture) = try Self.bench("\"data/**/*.jsonl\"", files: ["data/x/a.jsonl"])
    for (name, target) in [("data/loop", "loop"), ("data/x/up", ".."), ("data/gone.txt", "no")] {
      try FileManager.default.createSymbolicLink(
        atPath: bench.file(name), withDestinationPath: target)
    }
    #expect(try Self.files(mixture, bench) == 1)
  }

  @Test func patternsAfterAnExclamationMarkTakeAway() throws {
    let files = ["a.jsonl", "drafts/b.jsonl", "drafts/x/c.jsonl", "keep/drafts.jsonl", "!d.jsonl"]
    let (bench, mixture) = try Self.bench("\"!drafts/**\", \"**/*.jsonl\"", files: files)
    #expect(try Self.files(mixture, bench) == 3)
    _ = try Self.write("\"**/*.jsonl\", \"!**/drafts*\", \"!drafts/*.jsonl\"", in: bench)
    #expect(try Self.files(mixture, bench) == 3)
    // A name that begins with the mark.
    _ = try Self.write("\"./!d.jsonl\"", in: bench)
    #expect(try Self.files(mixture, bench) == 1)
    _ = try Self.write("\"*.jsonl\", \"!**\"", in: bench)
    let none = try Cuvee.run(["check", mixture])
    #expect(none.status == 66 && none.errors.contains("no file of source \"a\" is left"))
  }

  @Test func aFileNamedAsItsPatternIsMeant() throws {
    let (bench, mixture) = try Self.bench(
      "\"[x].jsonl\"", files: ["[x].jsonl", "x.jsonl", "{a,b}.jsonl", "a.jsonl", "*.txt", "z.txt"])
    #expect(try Self.files(mixture, bench) == 1)
    let outcome = try bench.build(mixture)
    let inputs = try Cuvee.run(["trace", outcome.path, "--row", "0"]).output
    #expect(inputs.contains("[x].jsonl"))
    _ = try Self.write("\"{a,b}.jsonl\"", in: bench)
    #expect(try Self.files(mixture, bench) == 1)
  }

  @Test func whatIsWrittenIsNotReadTheNextTime() throws {
    let (bench, mixture) = try Self.bench(
      "\"**/*.jsonl*\", \"**/*.zst\"", files: ["a.jsonl", "b.zst"])
    try FileManager.default.removeItem(atPath: bench.file("b.zst"))
    try bench.folder.write(try Packer.pack(Data(Self.good.utf8), with: "zstd"), as: "b.zst")
    let out = try bench.tryBuild(mixture)
    #expect(out.status == 65)
    #expect(out.errors.contains("m.yaml:4:"), "\(out.errors)")
    #expect(out.errors.contains("would read what is written to \(bench.file("out"))"))
    #expect(!FileManager.default.fileExists(atPath: bench.file("out")))
    _ = try Self.write("\"**/*.json*\"", in: bench)
    let elsewhere = try Workbench()
    let cache = try Cuvee.run(
      [
        "build", mixture, "--output", elsewhere.file("out"), "--cache", bench.file("cache"),
        "--quiet",
      ])
    #expect(cache.status == 65 && cache.errors.contains("receipt.json"), "\(cache.errors)")
    // Narrower patterns, and folders elsewhere, are fine.
    let both = try Cuvee.run(
      [
        "build", mixture, "--output", elsewhere.file("out"), "--cache", elsewhere.file("cache"),
        "--quiet",
      ])
    #expect(both.status == 0, "\(both.errors)")
  }

  @Test(arguments: ["x.csv", "x.parquet", "x.html", "x.warc.gz", "X.PDF", "x.xml"])
  func filesThatAreNoTextAreNotTakenForOne(name: String) throws {
    let bench = try Workbench()
    let path = try bench.folder.write("a,b\n1,2\n", as: name)
    let tokenizer = ["--tokenizer", Repository.sampleTokenizer, "--count"]
    for command in [
      ["tokenize", path] + tokenizer,
      ["filter", path, "--with", Repository.path("Filters/c4-lines.yaml")],
    ] {
      let outcome = try Cuvee.run(command)
      #expect(outcome.status == 65)
      #expect(
        outcome.errors.contains(
          "files are not read; convert it to JSON Lines, or give --format text"))
    }
    guard !name.hasSuffix(".gz") else { return }
    #expect(try Cuvee.run(["tokenize", path, "--format", "text"] + tokenizer).status == 0)
  }
}
