import Foundation
import TestSupport
import Testing

/// Special tokens that a text spells out.
@Suite struct SpecialTokenTests {
  private func build(_ handling: String?, in bench: Workbench) throws -> Built {
    try bench.folder.copy(Repository.path("samples/tokenizer.json"), as: "tokenizer.json")
    try bench.folder.write(
      #"{"id": "a", "text": "one<|endoftext|>two"}"# + "\n" + #"{"id": "b", "text": "three"}"#
        + "\n", as: "a.jsonl")
    let mixture = try bench.folder.write(
      """
      name: special
      tokenizer: { path: tokenizer.json }
      \(handling.map { "special_tokens: \($0)" } ?? "seed: 0")
      sequence_length: 1
      sources: { a: { paths: [a.jsonl], format: jsonl } }
      phases: [{ name: train, tokens: 1M, weights: { a: 100% } }]
      repetition: { when_exhausted: stop }

      """, as: "m.yaml")
    let built = try bench.build(mixture)
    try built.expectSound()
    let checked = try Cuvee.run(
      ["verify", built.path, "--trace", "100", "--data", bench.folder.path]
        + ["--tokenizer", bench.file("tokenizer.json")])
    #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
    #expect(try built.source("a")["special_tokens"].integer == 1)
    return built
  }

  /// The ends of documents are tokens of the same id: two documents have two, and a parsed one more.
  @Test(arguments: [(nil, 2), ("ordinary", 2), ("parse", 3)])
  func areTextUnlessTheyAreParsed(handling: String?, ends: Int) throws {
    let bench = try Workbench()
    let built = try build(handling, in: bench)
    let manifest = try built.manifest()
    let end = try #require(manifest["tokenizer"]["end_of_document"].integer)
    #expect(manifest["tokenizer"]["special_tokens"].string == handling ?? "ordinary")
    let tokens = try built.cat().flatMap { $0["tokens"].array }.compactMap(\.integer)
    #expect(tokens.count { $0 == end } == ends)
  }
}
