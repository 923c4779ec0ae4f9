import Foundation
import Glibc
import TestSupport
import Testing

/// A command line or a mixture file that cannot work, and what is said of it.
struct Refusal: CustomTestStringConvertible, Sendable {
  /// What is put into the mixture file, in place of what.
  var changes: [(old: String, new: String)] = []
  /// The command line.
  var arguments = ["build", "m.yaml", "--output", "out", "--cache", "cache", "--quiet"]
  /// The exit status.
  var status: Int32
  /// All of standard error.
  var message: String

  /// A mixture file with one change.
  static func mixture(
    _ old: String, _ new: String, _ status: Int32 = 65, _ message: String
  ) -> Refusal {
    Refusal(changes: [(old, new)], status: status, message: message)
  }

  /// A command line.
  static func command(_ arguments: String, _ status: Int32, _ message: String) -> Refusal {
    Refusal(
      arguments: arguments.split(separator: " ").map(String.init), status: status, message: message)
  }

  var testDescription: String {
    changes.isEmpty ? arguments.joined(separator: " ") : changes.map(\.new).joined(separator: ", ")
  }
}

@Suite struct ErrorTests {
  /// The mixture file that works: `a.jsonl` gives 18 tokens, `b.jsonl` has two bad records.
  static let mixture = """
    name: t
    tokenizer: { path: tokenizer.json }
    sequence_length: 4
    sources:
      a: { paths: [a.jsonl], format: jsonl }
    phases:
      - { tokens: 8, weights: { a: 100% } }

    """

  static func bench() throws -> Workbench {
    let bench = try Workbench()
    try bench.folder.copy(Repository.sampleTokenizer, as: "tokenizer.json")
    try bench.folder.write(mixture, as: "m.yaml")
    try bench.folder.write(
      jsonLines(["hello world, this is a text", "another text of some length"]), as: "a.jsonl")
    try bench.folder.write(
      "{\"text\":1}\n{\"text\":null}\n{\"text\":\"it is well to be well, is it not\"}\n",
      as: "b.jsonl")
    try bench.folder.write("", as: "empty.jsonl")
    try bench.folder.write("somebody's", as: "foreign/notes")
    let built = try Cuvee.run(
      ["build", "m.yaml", "--output", "built", "--cache", "cache"], directory: bench.folder.path)
    try #require(built.status == 0, "\(built.errors)")
    return bench
  }

  @Test(arguments: mixtures + suppliers + commands)
  func refused(_ refusal: Refusal) throws {
    let bench = try Self.bench()
    var text = Self.mixture
    for (old, new) in refusal.changes {
      try #require(text.contains(old))
      text = text.replacing(old, with: new)
    }
    try bench.folder.write(text, as: "m.yaml")
    let outcome = try Cuvee.run(
      refusal.arguments, environment: ["CUVEE_TOKENIZERS": "/nowhere:/nor/there"],
      directory: bench.folder.path)
    #expect(outcome.status == refusal.status)
    #expect(
      outcome.errors == refusal.message.replacing("FOLDER", with: bench.folder.path) + "\n")
    #expect(!FileManager.default.fileExists(atPath: bench.file("out/manifest.json")))
  }

  static let mixtures: [Refusal] = [
    .mixture(
      "sequence_length", "sede: 3\nsequence_length", 65,
      "error: m.yaml:3:1: unknown key \"sede\"; did you mean \"seed\"?"),
    .mixture(
      "format: jsonl", "format: json", 65,
      "error: m.yaml:5:34: unknown format \"json\"; did you mean \"jsonl\"?"),
    .mixture(
      "100%", "95%", 65, "error: m.yaml:7:27: the weights sum to 95%, not to 100%"),
    .mixture(
      "{ a: 100% }", "{ a: 50%, b: 50% }", 65,
      "error: m.yaml:7:37: unknown source \"b\"; known sources: a"),
    .mixture(
      "sequence_length", "hold_out: { share: 1% }\nsequence_length", 65,
      "error: m.yaml:3:1: hold_out is not supported yet; remove it"),
    Refusal(
      changes: [("name: t", "nam: t"), ("jsonl }", "tsv }")], status: 65,
      message: """
        error: m.yaml:1:1: unknown key "nam"; did you mean "name"?
        error: m.yaml:1:1: missing key "name": the name of the mixture
        error: m.yaml:5:34: unknown format "tsv"; known formats: jsonl, flan-cot, \
        natural-instructions, text, lines
        """),
    .mixture(
      "a.jsonl", "nothing.jsonl", 66,
      "error: m.yaml:5:16: \"nothing.jsonl\" matches no file under FOLDER; paths are relative to "
        + "the mixture file, or to --data DIR"),
    .mixture(
      "a.jsonl", "\"x*.jsonl\"", 66,
      "error: m.yaml:5:16: \"x*.jsonl\" matches no file under FOLDER; the files of FOLDER end in "
        + ".jsonl (3), .json (1), .yaml (1); paths are relative to the mixture file, or to --data DIR"
    ),
    .mixture(
      "a.jsonl", "aa.jsonl", 66,
      "error: m.yaml:5:16: \"aa.jsonl\" matches no file under FOLDER; did you mean \"a.jsonl\"?; "
        + "paths are relative to the mixture file, or to --data DIR"),
    .mixture(
      "tokenizer.json", "tokeniser.json", 66,
      "error: m.yaml:2:12: tokeniser.json: there is no such vocabulary file; did you mean "
        + "\"tokenizer.json\"?"),
    .mixture(
      "format: jsonl", "format: jsonl, text: {prompt}{completion}", 65,
      "error: m.yaml:5:55: the braces at 5:47 end and more text follows; put text that holds braces "
        + "in quotes, as in text: \"{prompt} {completion}\""),
    .mixture(
      "a.jsonl", "empty.jsonl", 65,
      "error: m.yaml: all files of a are empty, as \"empty.jsonl\"; give it files with documents, or "
        + "remove it from the weights"),
    .mixture(
      "a.jsonl", "foreign", 66,
      "error: m.yaml:5:16: \"foreign\" is a directory; name its files, as in \"foreign/*.jsonl\""),
    .mixture(
      "tokenizer.json", "other.json", 66,
      "error: m.yaml:2:12: other.json: there is no such vocabulary file"),
    .mixture(
      "{ path: tokenizer.json }", "gpt2", 66,
      """
      error: m.yaml:2:12: the vocabulary of tokenizer "gpt2" was not found. Wanted is:
        gpt2.tiktoken with the SHA-256 \
      306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930. It is \
      whisper/assets/gpt2.tiktoken in the Python package openai-whisper, and tiktoken's r50k_base.
        encoder.json with the SHA-256 \
      00f404d36600411e497efb3df08d3b4e094f0820e2595afcb7cbd0c4353d4fcb. It is encoder.json and \
      vocab.bpe of OpenAI's GPT-2 release.
      Looked in:
        FOLDER and FOLDER/tokenizers/**
        /nowhere and /nowhere/tokenizers/**
        /nor/there and /nor/there/tokenizers/**
      """),
    .mixture(
      "{ path: tokenizer.json }", "gpt-2", 65,
      "error: m.yaml:2:12: unknown tokenizer \"gpt-2\"; did you mean \"gpt2\"?"),
  ]

  static let suppliers: [Refusal] = [
    // 40 tokens are 10 rows; of 18 tokens there are 4.
    .mixture(
      "tokens: 8", "tokens: 40", 65,
      "error: m.yaml: a has 18 tokens, its share needs 40: 2.5 epochs; raise max_epochs to 3 or "
        + "scale the phases down to 40%"),
    Refusal(
      changes: [
        ("  a: {", "  c: { paths: [tokenizer.json], format: text }\n  a: {"),
        ("tokens: 8, weights: { a: 100% }", "tokens: 80, weights: { a: 50%, c: 50% }"),
      ], status: 65,
      message:
        "error: m.yaml: a has 18 tokens, its share needs 40: 2.5 epochs; raise max_epochs to "
        + "3 or lower its weight to 20%"),
    // Known before any reading: a token is a byte at least.
    .mixture(
      "tokens: 8", "tokens: 4000", 65,
      "error: m.yaml: a has only 78 bytes, so at most 79 tokens; its share needs 4000 in at most 1 "
        + "epoch; lower its weight or raise max_epochs"),
    Refusal(
      changes: [("a.jsonl", "b.jsonl"), ("phases:", "on_bad_record: fail\nphases:")], status: 65,
      message: "error: b.jsonl: record 0: wrong_type: the field \"text\" is a number, a string is "
        + "wanted; `on_bad_record: fail` is set: mend the record, or set it to skip "
        + "(in stage ingest: a part 0)"),
    Refusal(
      changes: [
        ("a.jsonl", "b.jsonl"), ("phases:", "max_bad_records: 1\nmax_bad_share: 100%\nphases:"),
      ], status: 65,
      message: "error: 2 bad records, and max_bad_records is 1; the first: b.jsonl: record 0: "
        + "wrong_type: the field \"text\" is a number, a string is wanted"),
  ]

  static let commands: [Refusal] = [
    .command("check nothing.yaml", 66, "error: nothing.yaml: there is no such mixture file"),
    .command(
      "check n.yaml", 66, "error: n.yaml: there is no such mixture file; did you mean \"m.yaml\"?"),
    .command("check foreign", 66, "error: foreign: is a directory; name a mixture file in it"),
    .command(
      "build m.yaml --cache cache --output a.jsonl", 65,
      "error: a.jsonl: is a file; name a folder for --output"),
    .command(
      "build m.yaml --cache cache --output foreign", 65,
      "error: foreign: holds files that are not Cuvee's (notes); name another folder"),
    .command("inspect nowhere", 66, "error: nowhere: no such folder; name that of an output"),
    .command("inspect m.yaml", 66, "error: m.yaml: is a file; name the folder of an output"),
    .command(
      "verify foreign", 66,
      "error: foreign: no manifest.json, so not a finished output; run `cuvee build` again to "
        + "finish it"),
    .command(
      "inspect built/01-main/shard.00009.mds.zstd", 66,
      "error: built/01-main/shard.00009.mds.zstd: the output's manifest has no such shard"),
    .command(
      "cat built --rows 0..9", 65, "error: --rows 0..9: the output has 2 rows, numbered from 0"),
    .command("trace built --row 2", 65, "error: row 2: built has 2 rows, numbered from 0"),
    .command(
      "trace built --row 0 --check --json", 66,
      "error: --data DIR is needed to read the inputs again: the folder that the mixture file's "
        + "paths are relative to"),
    .command(
      "cat built --text", 66,
      "error: the output's tokenizer is the file tokenizer.json with the SHA-256 "
        + "1353ed928f1f8553889b88d9d25787f92f67ebe424a33560e51f1b7c74fcc45d, which was not found; "
        + "name it with --tokenizer, or give the folder that its path is relative to with --data. "
        + "Looked in:\n  /nowhere and /nowhere/tokenizers/**\n  /nor/there and "
        + "/nor/there/tokenizers/**"),
    .command(
      "stage run --plan m.yaml --stage digest --part 0 --cache cache", 65,
      "error: m.yaml: is not a plan; make one with `cuvee plan MIXTURE --output PLAN`"),
    .command(
      "tokenize nothing.jsonl --tokenizer tokenizer.json --count", 66,
      "error: nothing.jsonl: no such file"),
    .command(
      "tokenize a.jsonl --tokenizer tokenizer.json --count --format csv", 65,
      "error: --format csv: unknown format; the formats are jsonl, flan-cot, natural-instructions, "
        + "text, lines"),
  ]

  /// The command line itself is wrong: status 64, with a line about it and the usage.
  @Test(arguments: [
    ("build m.yaml", "Error: Missing expected argument '--output <folder>'"),
    ("build --output out", "Error: Missing expected argument '<mixture>'"),
    ("biuld", "error: unknown command \"biuld\"; did you mean build?"),
    ("check m.yaml --dta x", "error: unknown option --dta; did you mean --data?"),
    (
      "build m.yaml --output out --workers 0",
      "Error: --workers 0: give a number from 1 to 1024"
    ),
    (
      "cache prune",
      "Error: say which entries to remove: --unused-days N, --max-size SIZE, or --all"
    ),
    ("verify built --trace=-1", "Error: --trace -1: give a number of rows"),
    (
      "tokenize a.jsonl --tokenizer tokenizer.json",
      "Error: say what to do: --output FILE.npy, --count or --decode"
    ),
    (
      "tokenize a.jsonl --tokenizer tokenizer.json --output x",
      "Error: --output x: the name must end in .npy"
    ),
    (
      "stage run --plan p --stage digets --part 0",
      "Error: The value 'digets' is invalid for '--stage <stage>'. "
        + "Please provide one of the following:"
    ),
  ])
  func usage(_ arguments: String, _ message: String) throws {
    let outcome = try Cuvee.run(arguments.split(separator: " ").map(String.init))
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix(message + "\n"), "\(outcome.errors)")
    // A hint of our own stands alone: it says what to write.
    #expect(outcome.errors.contains("Usage: cuvee") != message.hasPrefix("error: unknown"))
  }

  @Test func helpIsNoError() throws {
    for arguments in [
      ["--help"], ["help", "build"], ["--version"], ["cache", "prune", "--help"], [],
    ] {
      let outcome = try Cuvee.run(arguments)
      #expect(outcome.status == 0)
      #expect(!outcome.output.isEmpty && outcome.errors.isEmpty, "\(arguments)")
    }
    for command in ["check", "plan", "build", "inspect", "trace", "verify", "cat", "tokenize"] {
      let help = try Cuvee.run(["help", command]).output
      #expect(help.contains("EXAMPLES:\n  cuvee \(command) "), "\(command)")
    }
  }

  /// A finished output gives way to that of another mixture only where this is asked for.
  @Test func finishedOutputsAreKept() throws {
    let bench = try Self.bench()
    let tree = try FileTree(bench.file("built"))
    try bench.folder.write(Self.mixture.replacing("tokens: 8", with: "tokens: 12"), as: "m.yaml")
    let build = ["build", "m.yaml", "--output", "built", "--cache", "cache", "--quiet"]
    let refused = try Cuvee.run(build, directory: bench.folder.path)
    #expect(refused.status == 65)
    #expect(
      refused.errors
        == "error: built: holds a finished output of another mixture; name another folder, or give "
        + "--replace\n")
    #expect(try FileTree(bench.file("built")) == tree)
    #expect(try Cuvee.run(build + ["--replace"], directory: bench.folder.path).status == 0)
    let rows = try JSONValue(file: bench.file("built/manifest.json"))["phases"][0]["rows"]
    #expect(rows.integer == 3)
  }

  /// A row that is larger than a shard may be.
  @Test func rowsLargerThanAShard() throws {
    let bench = try Self.bench()
    var corpus = GeneratedCorpus(seed: 8)
    try bench.folder.write(corpus.jsonl(bytes: 100_000), as: "a.jsonl")
    try bench.folder.write(
      Self.mixture.replacing("sequence_length: 4", with: "sequence_length: 4096")
        .replacing("tokens: 8", with: "tokens: 16k") + "output: { shard_size: 4KiB }\n",
      as: "m.yaml")
    let outcome = try Cuvee.run(
      ["build", "m.yaml", "--output", "out", "--cache", "cache", "--quiet"],
      directory: bench.folder.path)
    #expect(outcome.status == 65)
    #expect(
      outcome.errors
        == "error: m.yaml: a row of 4096 tokens takes 8202 bytes, and a shard of shard_size (4096 "
        + "bytes) has no room for it; raise shard_size or lower sequence_length\n",
      "\(outcome.errors)")
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func unreadableFiles() throws {
    let bench = try Self.bench()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: bench.file("a.jsonl"))
    let outcome = try Cuvee.run(
      ["build", "m.yaml", "--output", "out", "--cache", "fresh", "--quiet"],
      directory: bench.folder.path)
    #expect(outcome.status == 66)
    #expect(outcome.errors.contains("\"a.jsonl\": cannot be opened (Permission denied)"))
  }

  /// Places that cannot be written to.
  @Test(arguments: [
    ["--cache", "cache", "--output", "/proc/none/out"],
    ["--cache", "/proc/none", "--output", "out"],
  ])
  func unwritableFolders(_ options: [String]) throws {
    let bench = try Self.bench()
    let outcome = try Cuvee.run(
      ["build", "m.yaml", "--quiet"] + options, directory: bench.folder.path)
    #expect(outcome.status == 74)
    #expect(outcome.errors.hasPrefix("error: /proc/none"), "\(outcome.errors)")
  }
}
