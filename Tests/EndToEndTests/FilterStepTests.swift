import Foundation
import TestSupport
import Testing

/// The steps of a source, from its records to the audit.
///
/// What is expected of C4 was made with the code of TensorFlow Datasets (`Benchmarks/parity`):
/// `c4_mixture.reference_pages` of these pages.
@Suite struct FilterStepTests {
  private struct Page: Encodable {
    var id: String
    var url: String
    var timestamp: String
    var text: String
  }

  private static let dog = "The dog slept in the sun all day. It dreamt of cats, no doubt."
  private static let rain = "Then it rained and the dog went in."

  private static func page(_ id: String, _ url: String, _ text: String, month: Int = 3) -> Page {
    Page(id: id, url: url, timestamp: "2019-0\(month)-01T00:00:00Z", text: text)
  }

  private static let pages = [
    page(
      "old", "http://a.org/1?utm_source=x",
      "This is the old page of it. It has three short sentences. Nobody will read it again.",
      month: 1),
    page(
      "new", "https://www.a.org/1",
      """
      The cat sat on the mat today. It was quite a warm day.
      Nobody was there to see it. [1]
      Nobody was there to see it[2].
      Short line.
      This line has no end mark
      Please enable JavaScript to read this page now.
      A shared line is on two pages.
      It ends here for sure today.
      """, month: 2),
    page(
      "twin", "http://b.org/2",
      "  A SHARED LINE is on two pages.  \n\(dog)\n\(rain)\nIt ends here for sure today!"),
    page(
      "lorem", "http://c.org/",
      "Some words that come before it all.\nLorem ipsum dolor sit amet et cetera."),
    page("code", "http://d.org/", "if (x) { return 1 } is code, they say."),
    page("few", "http://e.org/", "One sentence is here for you. Two."),
    page("copies", "http://f.org/", "\(dog)\n\(rain)"),
    page("rest", "http://g.org/", "\(rain)\n\(dog)\nWhat is left of this is one line only."),
    page("long", "http://h.org/", String(repeating: "x", count: 190_001)),
    page(
      "last", "http://i.org/",
      "Dr. Smith went to Washington on a train. He liked it there very much.\n"
        + "One more sentence makes three of them."),
  ]

  /// The texts that C4 keeps.
  private static let kept: Set<String> = [
    "The cat sat on the mat today. It was quite a warm day.\nNobody was there to see it.\n"
      + "A shared line is on two pages.\nIt ends here for sure today.",
    "\(dog)\n\(rain)",
    "Dr. Smith went to Washington on a train. He liked it there very much.\n"
      + "One more sentence makes three of them.",
  ]

  /// The pages with two bad records among them, and a mixture of them with some steps.
  private func mixture(_ bench: Workbench, steps: String = "[c4]") throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    var lines = try Self.pages.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    lines.insert("{\"id\": \"cut off", at: 3)
    lines.insert("{\"id\": \"n\", \"text\": null}", at: 7)
    try bench.folder.write(lines.joined(separator: "\n") + "\n", as: "web.jsonl")
    // A token a byte.
    let ranks = (0..<256).map { "\(Data([UInt8($0)]).base64EncodedString()) \($0)\n" }
    try bench.folder.write(ranks.joined(), as: "t.tiktoken")
    return try bench.folder.write(
      """
      name: web
      tokenizer: { path: t.tiktoken, pattern: gpt2, end_of_document: 256 }
      sequence_length: 2
      sources:
        web: { paths: [web.jsonl], format: jsonl, steps: \(steps) }
      phases: [{ name: train, tokens: 1M, weights: { web: 100% } }]
      repetition: { when_exhausted: stop }
      # Two of the twelve records are bad.
      max_bad_share: 20%

      """, as: "web.yaml")
  }

  private let filters = ["CUVEE_FILTERS": Repository.path("Filters")]

  /// The texts of the documents in the rows.
  private func texts(_ built: Built) throws -> [String] {
    try built.cat().flatMap { $0["tokens"].array }.compactMap(\.integer)
      .split(separator: 256).map { ids in String(decoding: ids.map(UInt8.init), as: UTF8.self) }
  }

  /// `2024-06-15T...` is older than `20240101000000` as text, and newer as a date: neither is chosen.
  @Test(arguments: [
    ("20240101000000", 65), ("2024-01-01T00:00:00Z", 0),
  ])
  func timesOfTwoFormsAreRefused(time: String, status: Int32) throws {
    let bench = try Workbench()
    let mixture = try mixture(bench, steps: "[{ deduplicate: { urls: true, keep: newest } }]")
    func record(_ url: String, _ time: String) -> String {
      "{\"url\": \"\(url)\", \"timestamp\": \"\(time)\", \"text\": \"Some text.\"}\n"
    }
    try bench.folder.write(
      record("a.org", "2024-06-15T08:00:00Z") + record("b.org", time), as: "web.jsonl")
    let outcome = try bench.tryBuild(mixture)
    #expect(outcome.status == status, "\(outcome.errors)")
    let names = ["keep: newest", "web.jsonl, record 0)", "web.jsonl, record 1)", "in one form"]
    #expect(names.allSatisfy { outcome.errors.contains($0) } == (status == 65), "\(outcome.errors)")
  }

  @Test func c4IsC4FromRecordsToRows() throws {
    let bench = try Workbench()
    let built = try bench.build(try mixture(bench), environment: filters)
    try built.expectSound()
    let source = try built.source("web")
    #expect(source["documents"]["read"].integer == 10 && source["documents"]["kept"].integer == 3)
    #expect(
      source["documents"]["dropped"].object.mapValues { $0.integer ?? -1 } == [
        "too_long": 1, "duplicate_url": 1, "loremipsum": 1, "squigglybracket": 1,
        "too_few_sentences": 3,
      ])
    let lines = source["steps"].array.filter { $0["lines"].integer != 0 }.map {
      "\($0["reason"].string ?? "") \($0["lines"].integer ?? 0)"
    }
    #expect(lines == ["no_endmark 2", "too_short 1", "javascript 1", "duplicate_line 5"])
    #expect(
      source["bad_records"].object.mapValues { $0.integer ?? -1 } == [
        "malformed_json": 1, "null_field": 1,
      ])
    // Two tokens a row: of the last document at most one is missing.
    let found = try texts(built)
    #expect(found.count == 3)
    for text in found { #expect(Self.kept.contains { $0.hasPrefix(text) }, "\(text)") }
    #expect(found.count { Self.kept.contains($0) } >= 2)
    let checked = try Cuvee.run(
      ["verify", built.path, "--trace", "1000", "--data", bench.folder.path]
        + ["--tokenizer", bench.file("t.tiktoken")])
    #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
  }

  @Test func theAuditShowsTheFunnelAndSamples() throws {
    let bench = try Workbench()
    let built = try bench.build(try mixture(bench), environment: filters)
    let shown = try Cuvee.run(["audit", built.path])
    #expect(shown.status == 0, "\(shown.errors)")
    let funnel = shown.output.split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    #expect(funnel.first == "source web: 10 documents read, 191.0 kB of text")
    #expect(
      funnel[1...2] == [
        "1 records gave no document: malformed_json", "1 records gave no document: null_field",
      ])
    #expect(funnel.contains { $0.hasPrefix("c4/maximum-characters too_long -1 -190,001 9 ") })
    #expect(funnel.contains { $0.hasPrefix("deduplicate urls duplicate_url -1 -84 8 ") })
    #expect(funnel.contains { $0.hasPrefix("deduplicate lines duplicate_line -5 -") })
    let sample = try Cuvee.run(["audit", built.path, "--rule", "javascript", "--sample", "20"])
    #expect(
      sample.output.hasSuffix(
        """
        c4/cut-lines-with-phrase [javascript] line, 1 against 0, 47 bytes
          web.jsonl, record 1, id new
          | Please enable JavaScript to read this page now.

        """), "\(sample.output)")
    let facts = try Cuvee.run(["audit", built.path, "--sample", "20", "--json"]).json()
    let samples = facts["sources"].array[0]["samples"].array
    // Every loss has its sample here, where there are fewer than are kept.
    let counted = samples.map { "\($0["reason"].string ?? "") \($0["id"].string ?? "-")" }.sorted()
    #expect(
      counted == [
        "duplicate_line rest", "duplicate_line rest", "duplicate_line twin", "duplicate_line twin",
        "duplicate_line twin", "duplicate_url old", "javascript new", "loremipsum lorem",
        "malformed_json -", "no_endmark new", "no_endmark new", "null_field -",
        "squigglybracket code", "too_few_sentences few", "too_few_sentences rest",
        "too_few_sentences twin", "too_long long", "too_short new",
      ])
    let unknown = try Cuvee.run(["audit", built.path, "--rule", "nothing"])
    #expect(unknown.status == 65)
    #expect(unknown.errors.hasPrefix("error: no step, rule or reason \"nothing\"; there are c4/"))
  }

  /// Samples and all other files are the same whatever the workers and the parts.
  @Test(arguments: [
    ["--part-size", "900", "--text-part-size", "300", "--batch-size", "200"],
    ["--batch-size", "500", "--bucket-size", "100"],
  ])
  func partsDoNotMatter(_ options: [String]) throws {
    let bench = try Workbench()
    let mixture = try mixture(bench)
    let whole = try bench.build(
      mixture, output: "1", cache: "c1", workers: 1, environment: filters)
    let parts = try bench.build(
      mixture, options, output: "2", cache: "c2", workers: 4, environment: filters)
    expectSame(try parts.tree(), try whole.tree(), "\(options)")
    #expect(try whole.tree().files.keys.contains("audit/web.jsonl.zst"))
  }

  /// A changed rule after a barrier begins there; one that changes no text stops there.
  @Test func aChangedRuleRunsAgainFromItsBarrierOn() throws {
    let bench = try Workbench()
    func filter(_ minimum: Int) throws {
      try bench.folder.write(
        """
        name: mine
        steps:
          - maximum-characters: { maximum: 1000 }
          - deduplicate: { lines: true }
          - minimum-document-sentences: { minimum: \(minimum) }

        """, as: "mine.yaml")
    }
    try filter(1)
    let mixture = try mixture(bench, steps: "[mine.yaml]")
    let first = try bench.build(mixture)
    try filter(2)
    let second = try bench.build(mixture, output: "second")
    #expect(Set(second.stages.worked.keys).isSuperset(of: ["filter", "tokenise"]))
    #expect(second.stages.done("ingest") == 0 && second.stages.done("mark") == 0)
    #expect(second.digest != first.digest)
    let fresh = try bench.build(mixture, output: "fresh", cache: "fresh-cache")
    expectSame(try second.tree(), try fresh.tree())
    try filter(1)
    let back = try bench.build(mixture, output: "back")
    #expect(back.stages.worked.isEmpty && back.digest == first.digest)
  }

  @Test func filtersThatAreNotThereOrNotRightAreNamed() throws {
    let bench = try Workbench()
    let cases = [
      ("[c5]", ":5:53: unknown filter \"c5\"; did you mean \"c4\"?"),
      ("[no.yaml]", ":5:53: no.yaml: there is no such filter file"),
      ("[bad.yaml]", ":5:53: bad.yaml:2:11: unknown rule \"maximum-letters\"; known rules: "),
    ]
    try bench.folder.write("name: bad\nsteps: [{ maximum-letters: {} }]\n", as: "bad.yaml")
    for (steps, message) in cases {
      let mixture = try mixture(bench, steps: steps)
      let outcome = try Cuvee.run(["check", mixture], environment: filters)
      #expect(outcome.status != 0)
      #expect(outcome.errors.contains("web.yaml\(message)"), "\(outcome.errors)")
    }
    let mixture = try mixture(bench, steps: "[{deduplicate: {urls: true}}]")
    try bench.folder.write(
      try String(contentsOfFile: mixture, encoding: .utf8)
        .replacing("web.jsonl", with: "mine.txt").replacing("jsonl", with: "text"), as: "web.yaml")
    try bench.folder.write("text", as: "mine.txt")
    let outcome = try Cuvee.run(["check", mixture])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.contains(
        "web.yaml:5:37: a deduplication of source \"web\" asks for URLs, and documents of format "
          + "\"text\" have none"), "\(outcome.errors)")
  }
}
