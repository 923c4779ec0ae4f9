import Declarations
import Foundation
import Testing

@testable import Filters

@Suite struct MetricTests {
  private struct Row: Decodable {
    var text: String
    /// By the metric's name and the parameters that are not standard: `name key=value`.
    var metrics: [String: Double?]
  }

  private static func parameters(_ words: [Substring]) -> [String: ParameterValue] {
    var found: [String: ParameterValue] = [:]
    for word in words {
      let pair = word.split(separator: "=").map(String.init)
      found[pair[0]] = Int(pair[1]).map { .integer($0) } ?? .choice(pair[1])
    }
    return found
  }

  private static func measure(
    _ type: any Metric.Type, _ given: [String: ParameterValue], _ text: String
  ) throws -> Double? {
    let metric = try type.init(parameters: Parameters(given, for: type.declaration))
    var view = DocumentView()
    let bytes = Array(text.utf8)
    view.begin(0..<bytes.count, of: bytes)
    return metric.measure(&view)
  }

  /// Each file in `Metrics/` is one metric in the list, and its name is the metric's.
  @Test func filesAndListAgree() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Filters/Metrics").standardized
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(".swift".count)) }
    #expect(Set(files) == Set(Metrics.all.map { "\($0)" }))
    for metric in Metrics.all {
      #expect("\(metric)".lowercased() == metric.name.filter { $0 != "_" })
      #expect(Metrics.named(metric.name) == metric)
    }
    #expect(Metrics.named("length") == nil)
  }

  /// The metrics that count words, by their names.
  private static let counting = Metrics.all.filter { type in
    type.parameters.contains { $0.name == WordSplitting.parameter.name }
  }.map { $0.name }

  /// The fixtures' values come from datatrove's own expressions; every metric must be in the first, and
  /// every one that counts words in the second, which has NLTK's words.
  @Test(arguments: [
    ("heuristics.jsonl", Metrics.all.map { $0.name }), ("treebank.jsonl", counting),
  ])
  func valuesAreDatatroves(file: String, names: [String]) throws {
    let rows = try Golden.read(file, as: Row.self)
    #expect(rows.count > 100)
    var seen: Set<String> = []
    for row in rows {
      for (key, expected) in row.metrics {
        let words = key.split(separator: " ")
        let type = try #require(Metrics.named(String(words[0])), "\(key)")
        seen.insert(type.name)
        let found = try Self.measure(type, Self.parameters(Array(words.dropFirst())), row.text)
        #expect(found == expected, "\(key) of \(row.text.debugDescription)")
      }
    }
    #expect(seen == Set(names))
  }

  /// What is found out about words in one splitting is kept apart from the other, in either order.
  @Test func splittingsAreKeptApart() throws {
    #expect(Self.counting.count == 8)
    let text = "It's the end, isn't it? It's the end, isn't it? \"No.\" It's the end, isn't it?"
    let bytes = Array(text.utf8)
    for name in Self.counting {
      let type = try #require(Metrics.named(name))
      let n: [String: ParameterValue] =
        type.parameters.contains { $0.name == "n" }
        ? ["n": .integer(name.hasPrefix("top") ? 3 : 5)] : [:]
      let plain = try type.init(parameters: Parameters(n, for: type.declaration))
      let given = n.merging(["word_splitting": .choice("treebank")]) { $1 }
      let treebank = try type.init(parameters: Parameters(given, for: type.declaration))
      let wanted = (try Self.measure(type, n, text), try Self.measure(type, given, text))
      for order in [[plain, treebank], [treebank, plain]] {
        var view = DocumentView()
        view.begin(0..<bytes.count, of: bytes)
        for metric in order { _ = metric.measure(&view) }
        #expect(treebank.measure(&view) == wanted.1, "\(name)")
        #expect(plain.measure(&view) == wanted.0, "\(name)")
      }
    }
  }

  /// Texts that a table of words or a search of 16 bytes could trip over. Python 3.11 gave the values.
  private static let edges: [(metric: String, text: String, expected: Double)] = [
    ("words", "", 0), ("words", " \u{3000}\n", 0), ("words", "a", 1),
    ("words", "a\u{A0}b\u{85}c\u{2003}d\u{1F}e\u{200B}f", 5),
    ("words", "\u{E9}\u{4E2D}\u{1F600}", 1), ("words", "- -- \u{2014} a1", 1),
    ("characters", "", 0), ("characters", "a\u{E9}\u{4E2D}\u{1F600}", 4),
    ("stop_words", "The the the, be", 2), ("bullet_lines", "- a\r\n\u{2022}b\nc-", 2.0 / 3),
    ("ellipsis_lines", "a...\nb\u{2026} \u{3000}\nc..", 2.0 / 3),
    ("symbol_to_word_ratio", "## a #", 3.0 / 3), ("duplicate_lines", "\n", 0.5),
    ("duplicate_paragraphs", "a\n\na\n\n\nb", 1.0 / 3), ("line_feed_to_word_ratio", "a\n\nb", 1),
  ]

  @Test func edges() throws {
    for (metric, text, expected) in Self.edges {
      let type = try #require(Metrics.named(metric))
      #expect(
        try Self.measure(type, [:], text) == expected, "\(metric) of \(text.debugDescription)")
    }
  }

  @Test func nothingToMeasureIsNoValue() throws {
    for type in [MeanWordLength.self, AlphabeticWords.self, BulletLines.self, ShortLines.self]
      as [any Metric.Type]
    {
      #expect(try Self.measure(type, [:], "") == nil)
    }
  }

  /// One view measures documents one after another as new ones do, whatever their sizes.
  @Test func memoryIsReusedWithoutATrace() throws {
    let rows = try Golden.read("heuristics.jsonl", as: Row.self)
    let long = String(repeating: "some words of a long text that are there again. ", count: 4000)
    let metrics = try Metrics.all.flatMap { type in
      let n = type.name.hasPrefix("top") ? 3 : 6
      let given: [String: ParameterValue] =
        type.parameters.contains { $0.name == "n" } ? ["n": .integer(n)] : [:]
      let splittings = Self.counting.contains(type.name) ? WordSplitting.allCases : [.whitespace]
      return try splittings.map { splitting in
        var given = given
        if splitting != .whitespace { given["word_splitting"] = .choice(splitting.rawValue) }
        return try type.init(parameters: Parameters(given, for: type.declaration))
      }
    }
    var shared = DocumentView()
    for text in rows.map(\.text) + [long] + rows.reversed().map(\.text) {
      let bytes = Array(text.utf8)
      shared.begin(0..<bytes.count, of: bytes)
      var own = DocumentView()
      own.begin(0..<bytes.count, of: bytes)
      for metric in metrics {
        #expect(metric.measure(&shared) == metric.measure(&own), "\(text.prefix(80))")
      }
    }
  }
}
