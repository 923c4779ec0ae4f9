import Foundation
import TestSupport
import Testing

/// Every beginning of the rows is itself the mixture, to within the bound of the chairman
/// assignment problem: |n*w - x| <= 1 - 1/(2k-2) rows after n rows of a phase, k sources.
@Suite struct OrderTests {
  /// Weights over a common denominator, in exact integers.
  private func check(_ sources: [String], weights: [String: Int]) {
    let total = weights.values.reduce(0, +)
    let k = weights.values.count { $0 > 0 }
    var rows: [String: Int] = [:]
    var broken = 0
    for (index, source) in sources.enumerated() {
      rows[source, default: 0] += 1
      for (name, weight) in weights {
        // |n*w/total - x| * (2k-2) <= 2k-3, times total.
        let error = abs((index + 1) * weight - rows[name, default: 0] * total)
        if k > 1 ? error * (2 * k - 2) > total * (2 * k - 3) : error > 0 { broken += 1 }
      }
    }
    #expect(broken == 0)
  }

  private func sources(of built: Built) throws -> [String] {
    try built.cat().map { $0["source"].string ?? "" }
  }

  @Test func everyPrefixOfTheSamples() throws {
    let bench = try Workbench()
    let rows = try sources(of: try bench.build(SampleTests.mixture))
    #expect(rows.count == 437)
    check(Array(rows[..<187]), weights: ["articles": 100])
    check(
      Array(rows[187...]), weights: ["cot": 5, "p3": 20, "ni": 20, "notes": 5, "articles": 50])
  }

  @Test(arguments: [
    ["a": 1, "b": 1], ["a": 1, "b": 1, "c": 1], ["a": 997, "b": 2, "c": 1],
    ["a": 333, "b": 334, "c": 333], ["a": 5, "b": 20, "c": 20, "d": 55],
    ["a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7],
  ])
  func everyPrefixOfGeneratedMixtures(_ weights: [String: Int]) throws {
    let bench = try Workbench()
    var corpus = GeneratedCorpus(seed: 5)
    for name in weights.keys.sorted() {
      try bench.folder.write(corpus.jsonl(bytes: 12_000), as: "\(name).jsonl")
    }
    let names = weights.keys.sorted()
    let mixture = try bench.folder.write(
      """
      name: order
      tokenizer: { path: \(Repository.sampleTokenizer) }
      sequence_length: 8
      sources:
      \(names.map { "  \($0): { paths: [\($0).jsonl], format: jsonl }" }.joined(separator: "\n"))
      phases:
        - tokens: 8000
          weights: { \(names.map { "\($0): \(weights[$0] ?? 0)" }.joined(separator: ", ")) }
      repetition: { max_epochs: 100 }
      """, as: "order.yaml")
    let built = try bench.build(mixture)
    #expect(built.rows == 1000)
    check(try sources(of: built), weights: weights)
  }

  /// Two hundred sources of tiny files, with weights from 1 to 200.
  @Test func twoHundredSources() throws {
    let bench = try Workbench()
    var corpus = GeneratedCorpus(seed: 6)
    var weights: [String: Int] = [:]
    for index in 1...200 {
      let name = "s\(index)"
      weights[name] = index
      try bench.folder.write(
        jsonLines((0..<3).map { _ in corpus.text(words: 12) }), as: "data/\(name).jsonl")
    }
    let names = (1...200).map { "s\($0)" }
    let mixture = try bench.folder.write(
      """
      name: many
      tokenizer: { path: \(Repository.sampleTokenizer) }
      sequence_length: 4
      sources:
      \(names.map { "  \($0): { paths: [data/\($0).jsonl], format: jsonl }" }.joined(separator: "\n"))
      phases:
        - tokens: 8k
          weights:
      \(names.map { "      \($0): \(weights[$0] ?? 0)" }.joined(separator: "\n"))
      repetition: { max_epochs: 10 }
      """, as: "many.yaml")
    let built = try bench.build(mixture)
    try built.expectSound()
    let rows = try sources(of: built)
    #expect(rows.count == 2000)
    check(rows, weights: weights)
  }
}
