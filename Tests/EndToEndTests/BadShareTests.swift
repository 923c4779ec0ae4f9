import Foundation
import TestSupport
import Testing

/// A source most of whose records are bad is read the wrong way: the run ends, and says so.
@Suite struct BadShareTests {
  /// A hundred records, so many of them bad.
  private static func records(bad: Int) -> String {
    (0..<100).map { index in
      index < bad ? "{\"txt\":\"x\"}\n" : "{\"text\":\"a text of some length, number \(index)\"}\n"
    }.joined()
  }

  private static func bench(bad: Int, _ more: String = "") throws -> Workbench {
    let bench = try Workbench()
    try bench.folder.write(records(bad: bad), as: "x.jsonl")
    try bench.folder.write(jsonLines(["hello world, this is a text"]), as: "good.jsonl")
    try bench.folder.write(
      """
      name: t
      tokenizer: { path: \(Repository.sampleTokenizer) }
      sequence_length: 4
      sources:
        good: { paths: [good.jsonl], format: jsonl }
        x: { paths: [x.jsonl], format: jsonl }
      phases: [{ tokens: 8, weights: { good: 1, x: 1 } }]
      \(more)
      """, as: "m.yaml")
    return bench
  }

  private static let missing = "missing_field: the field \"text\" is missing"

  /// The limit is a share of the source, not of all records: ten of a hundred are just allowed.
  @Test(
    arguments: [
      (10, "", nil), (11, "", "10%"), (11, "max_bad_share: 11%", nil),
      (90, "max_bad_share: 100%", nil), (1, "max_bad_share: 0%", "0%"),
      (11, "max_bad_records: 50", "10%"),
    ] as [(Int, String, String?)])
  func builds(_ bad: Int, _ key: String, _ exceeded: String?) throws {
    let bench = try Self.bench(bad: bad, key)
    let outcome = try Cuvee.run(
      ["build", "m.yaml", "--output", "out", "--cache", "cache", "--quiet"],
      directory: bench.folder.path)
    let share = "\(bad) of 100"
    guard let exceeded else {
      #expect(outcome.status == 0)
      #expect(
        outcome.errors.hasPrefix(
          "bad records of x: \(share) (\(bad).00 %): \(bad) missing_field\n"), "\(outcome.errors)")
      return
    }
    #expect(outcome.status == 65)
    let examples = (0..<min(bad, 5)).map { "\n  x.jsonl: record \($0): \(Self.missing)" }
    #expect(
      outcome.errors
        == "error: m.yaml: x: \(share) records are bad (\(bad).00 %), and max_bad_share is "
        + "\(exceeded): \(bad) missing_field; mend them or how they are read, or raise "
        + "max_bad_share; the first:" + examples.joined() + "\n")
    #expect(!FileManager.default.fileExists(atPath: bench.file("out/manifest.json")))
  }

  /// The commands without a mixture: a file is a source.
  @Test(arguments: [
    ["tokenize", "--count"], ["tokenize", "--output", "ids.npy"],
    ["filter", "--summary"], ["filter", "--output", "kept.jsonl"], ["filter"],
  ])
  func commands(_ command: [String]) throws {
    for (bad, options, exceeded) in [
      (10, [], nil), (11, [], "10%"), (100, [], "10%"), (100, ["--max-bad-share", "100%"], nil),
      (11, ["--max-bad-share", "0.11"], nil), (1, ["--max-bad-share", "0.5%"], "0.5%"),
    ] as [(Int, [String], String?)] {
      let bench = try Self.bench(bad: bad)
      let what =
        command[0] == "tokenize"
        ? ["--tokenizer", Repository.sampleTokenizer]
        : ["--with", Repository.path("Filters/c4-lines.yaml")]
      let outcome = try Cuvee.run(
        [command[0], "good.jsonl", "x.jsonl"] + command.dropFirst() + what + options,
        directory: bench.folder.path)
      #expect(outcome.status == (exceeded == nil ? 0 : 65), "\(options): \(outcome.errors)")
      guard let exceeded else {
        #expect(
          outcome.errors.hasPrefix(
            "bad records of x.jsonl: \(bad) of 100 (\(bad).00 %): \(bad) missing_field\n"))
        continue
      }
      let first =
        "error: x.jsonl: \(bad) of 100 records are bad (\(bad).00 %), and "
        + "--max-bad-share is \(exceeded): \(bad) missing_field; "
      #expect(outcome.errors.hasPrefix(first), "\(outcome.errors)")
      #expect(outcome.errors.contains("\n  x.jsonl: record 0: \(Self.missing)\n"))
    }
  }

  @Test(arguments: ["x", "101%", "-1"])
  func sharesAreChecked(_ share: String) throws {
    let bench = try Self.bench(bad: 0)
    let outcome = try Cuvee.run(
      ["tokenize", "x.jsonl", "--tokenizer", Repository.sampleTokenizer, "--count"]
        + ["--max-bad-share=\(share)"], directory: bench.folder.path)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("is not a share from 0% to 100%"), "\(outcome.errors)")
  }
}
