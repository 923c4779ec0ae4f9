import Foundation
import TestSupport
import Testing

/// The audit names, for each sample of a duplicate, the document that stayed. The inputs themselves say
/// which that must be: the first of the same text by priority, file and record.
@Suite struct KeptDocumentTests {
  static let mixture = """
    name: t
    tokenizer: { path: tokenizer.json }
    sequence_length: 4
    sources:
      a: { paths: [a-*.jsonl], format: jsonl,
           steps: [{ deduplicate: { exact: true } }, { deduplicate: { lines: true } }] }
      b: { paths: [b.jsonl], format: jsonl }
    deduplicate:
      - { sources: [a, b], priority: [b, a], exact: true }
    phases:
      - { tokens: 8, weights: { a: 50%, b: 50% } }

    """

  /// Texts in which some stand again: in the same file, in another one, and in another source.
  static let files: [String: [String]] = [
    "a-1.jsonl": (0..<40).map { "first text number \($0 % 25) of many\nwith its line \($0 % 25)" },
    "a-2.jsonl": (0..<40).map { "first text number \($0 + 10) of many\nwith its line \($0 + 10)" },
    "b.jsonl": (0..<30).map { "first text number \($0 * 2) of many\nwith its line \($0 * 2)" },
  ]

  private func bench() throws -> Workbench {
    let bench = try Workbench()
    try bench.folder.copy(Repository.sampleTokenizer, as: "tokenizer.json")
    try bench.folder.write(Self.mixture, as: "m.yaml")
    for (name, texts) in Self.files { try bench.folder.write(jsonLines(texts), as: name) }
    return bench
  }

  @Test func everyDuplicateNamesTheDocumentThatStays() throws {
    let bench = try bench()
    // Small parts, so that the documents that stay are in other parts than those that go.
    let built = try bench.build(
      bench.file("m.yaml"), ["--part-size", "1500", "--text-part-size", "700"])
    let audit = try Cuvee.run(["audit", built.path, "--sample", "40", "--json"]).json()
    var checked: [String: Int] = [:]
    for source in audit["sources"].array {
      for sample in source["samples"].array {
        let step = try #require(sample["step"].string)
        let text = try #require(sample["text"].string)
        guard sample["reason"].string != "empty_text" else { continue }
        let kept = sample["kept"]
        let file = try #require(kept["file"].string, "\(step)")
        let record = try #require(kept["record"].integer)
        let keptText = try #require(Self.files[file])[record]
        let name = try #require(sample["file"].string)
        if step == "deduplicate exact" {
          #expect(keptText == text)
          let order =
            source["name"].string == "a" && file != "b.jsonl"
            ? ["a-1.jsonl", "a-2.jsonl"] : ["b.jsonl"]
          let first = order.lazy.compactMap { name in
            Self.files[name]?.firstIndex(of: text).map { (name, $0) }
          }.first
          #expect(first?.0 == file && first?.1 == record)
          #expect((name, sample["record"].integer) != (file, record))
        } else {
          #expect(keptText.split(separator: "\n").contains(text[...]), "\(text) of \(keptText)")
        }
        #expect(kept["source"].string == (file == "b.jsonl" ? "b" : "a"))
        checked[step, default: 0] += 1
      }
    }
    #expect(checked["deduplicate exact", default: 0] >= 20, "\(checked)")
    let shown = try Cuvee.run([
      "audit", built.path, "--rule", "exact", "--source", "a", "--sample", "40",
    ])
    #expect(shown.output.contains("\n  stays: b, b.jsonl, record "))
  }

  /// What goes of one source is the same after the other one was put into another order: nothing is
  /// tokenised again, but the audit names the documents of today.
  @Test func theNamesFollowTheOtherSource() throws {
    let bench = try bench()
    _ = try bench.build(bench.file("m.yaml"))
    let texts = try #require(Self.files["b.jsonl"])
    try bench.folder.write(jsonLines(texts.reversed()), as: "b.jsonl")
    let built = try bench.build(bench.file("m.yaml"), ["--replace"])
    let audit = try Cuvee.run(["audit", built.path, "--source", "a", "--sample", "40", "--json"])
      .json()
    var seen = 0
    for sample in audit["sources"].array.flatMap({ $0["samples"].array })
    where sample["kept"]["source"].string == "b" {
      let record = try #require(sample["kept"]["record"].integer)
      #expect(Array(texts.reversed())[record] == sample["text"].string)
      seen += 1
    }
    #expect(seen > 0)
  }

  @Test func verifyChecksTheEvidence() throws {
    let bench = try bench()
    let built = try bench.build(bench.file("m.yaml"))
    #expect(try Cuvee.run(["verify", built.path]).status == 0)
    let path = built.path + "/audit/a.kept.jsonl.zst"
    var bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    bytes[bytes.count / 2] ^= 1
    try FileManager.default.removeItem(atPath: path)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let outcome = try Cuvee.run(["verify", built.path])
    #expect(outcome.status != 0)
    #expect((outcome.output + outcome.errors).contains("audit/a.kept.jsonl.zst"))
  }
}
