import Foundation
import TestSupport
import Testing

/// Steps over several sources, in order: what they leave is computed here once more, from the texts.
@Suite struct ProgramTests {
  /// Documents of a few lines, many of which stand again in other documents, and documents that
  /// stand again in the same source and in the other one.
  private static func texts(_ purpose: String, _ count: Int, like other: [String]) -> [String] {
    var random = SeededGenerator(seed: purpose.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    var texts: [String] = []
    for _ in 0..<count {
      switch Int.random(in: 0..<5, using: &random) {
      case 0 where !texts.isEmpty:
        texts.append(texts[Int.random(in: texts.indices, using: &random)])
      case 1 where !other.isEmpty:
        texts.append(other[Int.random(in: other.indices, using: &random)])
      default:
        let lines = (0..<Int.random(in: 1...4, using: &random)).map { _ in
          let number = Int.random(in: 0..<90, using: &random)
          return number % 6 == 0 ? "we use cookies \(number)" : "line \(number) of them"
        }
        texts.append(lines.joined(separator: "\n"))
      }
    }
    return texts
  }

  private static let b = texts("b", 40, like: [])
  private static let a = texts("a", 120, like: b)

  /// What is left of the first source, and how many documents or lines each step has taken from it.
  private struct Expected {
    var texts = ProgramTests.a
    var losses: [String: Int] = [:]

    init() {
      let before = texts.count
      var seen: Set<String> = []
      texts = texts.filter { seen.insert($0).inserted }
      losses["deduplicate exact"] = before - texts.count
      let inB = Set(ProgramTests.b)
      losses["deduplicate exact 2"] = texts.count { inB.contains($0) }
      texts = texts.filter { !inB.contains($0) }
      cut("mine/cut-lines-with-phrase", emptied: "mine/empty") { !$0.contains("cookies") }
      var lines: Set<String> = []
      cut("deduplicate lines", emptied: "deduplicate lines/empty") { lines.insert($0).inserted }
    }

    /// Keeps some lines; a document without one goes, and its lines are not counted where a rule
    /// did it.
    private mutating func cut(_ step: String, emptied: String, _ keeps: (String) -> Bool) {
      var left: [String] = []
      for text in texts {
        let lines = text.split(separator: "\n").map(String.init)
        let kept = lines.filter(keeps)
        if kept.isEmpty {
          losses[emptied, default: 0] += 1
        } else {
          losses[step, default: 0] += lines.count - kept.count
          left.append(kept.joined(separator: "\n"))
        }
      }
      texts = left
    }
  }

  private static let ordered = """
    steps:
      - { sources: [a, b], deduplicate: { exact: true, priority: [b, a] } }
      - { sources: [a], filter: mine.yaml }
      - { sources: [a], deduplicate: { lines: true } }
    """

  private func bench() throws -> Workbench {
    let bench = try Workbench()
    try bench.folder.write(jsonLines(Self.a), as: "a.jsonl")
    try bench.folder.write(jsonLines(Self.b), as: "b.jsonl")
    try bench.folder.write(
      "name: mine\nsteps: [{ cut-lines-with-phrase: { phrases: cookies } }]\n", as: "mine.yaml")
    // A token a byte.
    let ranks = (0..<256).map { "\(Data([UInt8($0)]).base64EncodedString()) \($0)\n" }
    try bench.folder.write(ranks.joined(), as: "t.tiktoken")
    return bench
  }

  private func mixture(
    _ bench: Workbench, _ more: String, own: String? = "[{ deduplicate: { exact: true } }]",
    as name: String = "m.yaml"
  ) throws -> String {
    try bench.folder.write(
      """
      name: m
      tokenizer: { path: t.tiktoken, pattern: gpt2, end_of_document: 256 }
      sequence_length: 1
      sources:
        a: { paths: [a.jsonl], format: jsonl\(own.map { ", steps: \($0)" } ?? "") }
        b: { paths: [b.jsonl], format: jsonl }
      phases: [{ tokens: 1M, weights: { a: 100%, b: 0% } }]
      repetition: { when_exhausted: stop }
      \(more)

      """, as: name)
  }

  @Test func rulesAndLinesFollowADeduplicationAcrossSources() throws {
    let bench = try bench()
    let built = try bench.build(try mixture(bench, Self.ordered))
    try built.expectSound()
    let expected = Expected()
    #expect(expected.losses.count == 6 && !expected.losses.values.contains(0))
    let found = try built.cat().flatMap { $0["tokens"].array }.compactMap(\.integer)
      .split(separator: 256).map { ids in String(decoding: ids.map(UInt8.init), as: UTF8.self) }
    #expect(found.sorted() == expected.texts.sorted())
    // Nothing of the second source goes but what stands in it twice.
    let other = try built.source("b")
    #expect(other["documents"]["kept"].integer == Set(Self.b).count)

    let steps = try built.source("a")["steps"].array
    let losses = steps.map { step in
      (
        step["id"].string ?? "",
        (step["documents"].integer ?? 0) + (step["lines"].integer ?? 0)
      )
    }
    #expect(
      losses.map(\.0) == [
        "deduplicate exact", "deduplicate exact 2", "mine/cut-lines-with-phrase", "mine/empty",
        "deduplicate lines", "deduplicate lines/empty",
      ])
    // A line deduplication counts only lines of documents that stay, as a rule does.
    for (id, loss) in losses { #expect(loss == expected.losses[id], "\(id)") }
  }

  /// Two steps of one name have each their samples, and the documents that stayed for them.
  @Test func stepsOfOneNameHaveTheirOwnSamples() throws {
    let bench = try bench()
    let built = try bench.build(try mixture(bench, Self.ordered))
    let expected = Expected()
    let audit = try Cuvee.run([
      "audit", built.path, "--source", "a", "--sample", "20", "--json",
    ]).json()
    let samples = audit["sources"].array[0]["samples"].array
    for (id, loss) in expected.losses {
      #expect(samples.count { $0["step_id"].string == id } == min(20, loss), "\(id)")
    }
    for sample in samples where sample["step"].string == "deduplicate exact" {
      let isAcross = sample["step_id"].string == "deduplicate exact 2"
      let text = try #require(sample["text"].string)
      let record = try #require(sample["kept"]["record"].integer)
      #expect(sample["kept"]["source"].string == (isAcross ? "b" : "a"))
      #expect((isAcross ? Self.b : Self.a).firstIndex(of: text) == record)
    }
    let one = try Cuvee.run([
      "audit", built.path, "--source", "a", "--rule", "deduplicate exact 2", "--sample", "20",
    ])
    #expect(one.output.contains("\ndeduplicate exact 2 [exact_duplicate] document"))
    #expect(!one.output.contains("\ndeduplicate exact ["))
  }

  /// Nothing depends on the parts, the buckets and the workers.
  @Test func partsDoNotMatter() throws {
    let bench = try bench()
    let mixture = try mixture(bench, Self.ordered)
    let whole = try bench.build(mixture, output: "1", cache: "c1", workers: 1)
    let parts = try bench.build(
      mixture,
      ["--part-size", "2000", "--text-part-size", "700", "--batch-size", "300"]
        + ["--bucket-size", "640"],
      output: "2", cache: "c2", workers: 3)
    expectSame(try parts.tree(), try whole.tree())
  }

  /// `deduplicate` at the top is short for a step at the end, and a filter of `steps` before which no
  /// barrier comes is one of the source's own: nothing is done again, not even ingest.
  @Test func shorthandsAreTheSame() throws {
    let bench = try bench()
    let one = try bench.build(
      try mixture(
        bench, "deduplicate: [{ sources: [a, b], priority: [b, a], exact: true }]",
        own: "[mine.yaml]"))
    let steps =
      "steps: [{ sources: [a], filter: mine.yaml }, { deduplicate: { exact: true, priority: [b, a] } }]"
    let other = try bench.build(
      try mixture(bench, steps, own: nil, as: "n.yaml"), output: "other")
    #expect(other.stages.worked.isEmpty, "\(other.stages.worked)")
    #expect(other.digest == one.digest)
    #expect(try other.source("a")["steps"] == one.source("a")["steps"])
  }

  /// What a step of the program asks for is asked of its sources.
  @Test func aFilterOfTheProgramIsLookedFor() throws {
    let bench = try bench()
    let missing = try Cuvee.run(["check", mixture(bench, "steps: [{ filter: no.yaml }]")])
    #expect(missing.status != 0)
    #expect(
      missing.errors.contains("m.yaml:9:19: no.yaml: there is no such filter file"),
      "\(missing.errors)")
  }

  /// A line deduplication signs every line: its buckets are cut by lines, not by documents.
  @Test func bucketsOfLinesAreCutByLines() throws {
    let bench = try bench()
    let lines = (0..<6000).map { "line \($0) of many" }
    try bench.folder.write(
      jsonLines([lines[..<3000], lines[3000...]].map { $0.joined(separator: "\n") }), as: "a.jsonl")
    let built = try bench.build(
      try mixture(bench, "", own: "[{ deduplicate: { lines: true } }]"), ["--bucket-size", "8KiB"])
    // 32 bytes each.
    let needed = 6000 * 32 / 8192
    let parts = try #require(built.stages.parts("resolve"))
    #expect(parts > needed && parts < 2 * needed + 2)
  }
}
