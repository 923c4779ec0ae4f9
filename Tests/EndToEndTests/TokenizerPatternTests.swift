import Foundation
import TestSupport
import Testing

/// Patterns of a mixture file's own.
@Suite struct TokenizerPatternTests {
  private func mixture(_ pattern: String, in bench: Workbench) throws -> String {
    // Every byte is a token, and "ab" and "bc".
    let tokens = (0..<256).map { [UInt8($0)] } + [Array("ab".utf8), Array("bc".utf8)]
    let ranks = tokens.enumerated().map { "\(Data($1).base64EncodedString()) \($0)\n" }
    try bench.folder.write(ranks.joined(), as: "ranks.tiktoken")
    try bench.folder.write(#"{"text": "abc1abc"}"# + "\n", as: "a.jsonl")
    return try bench.folder.write(
      """
      name: pattern
      tokenizer: { path: ranks.tiktoken, pattern: '\(pattern)', end_of_document: 300 }
      sequence_length: 1
      sources: { a: { paths: [a.jsonl], format: jsonl } }
      phases: [{ name: train, tokens: 1M, weights: { a: 100% } }]
      repetition: { when_exhausted: stop }

      """, as: "m.yaml")
  }

  @Test(arguments: [
    (#"\w+"#, [256, 99, 49, 256, 99, 300]), ("a|bc|1", [97, 257, 49, 97, 257, 300]),
    ("(?>a|ab)(?:bc)?|1", [256, 99, 49, 256, 99, 300]),
    ("gpt2", [256, 99, 49, 256, 99, 300]),
  ])
  func cutsText(pattern: String, wanted: [Int]) throws {
    let bench = try Workbench()
    let mixture = try mixture(pattern, in: bench)
    let checked = try Cuvee.run(["check", mixture])
    #expect(checked.status == 0, "\(checked.errors)")
    let isSlow = checked.output.contains(
      "PCRE2, which is slower than our own engine: \(pattern)")
    #expect(isSlow == pattern.contains("(?>"), "\(checked.output)")
    let built = try bench.build(mixture)
    try built.expectSound()
    let tokens = try built.cat().flatMap { $0["tokens"].array }.compactMap(\.integer)
    #expect(tokens == wanted)
    let ids = bench.file("ids.npy")
    let alone = try Cuvee.run(
      ["tokenize", bench.file("a.jsonl"), "--tokenizer", bench.file("ranks.tiktoken")]
        + ["--pattern", pattern, "--output", ids])
    #expect(alone.status == 0, "\(alone.errors)")
    let shown = try Cuvee.run(
      ["tokenize", ids, "--tokenizer", bench.file("ranks.tiktoken"), "--pattern", pattern]
        + ["--decode"])
    #expect(shown.output == "\"abc1abc\"\n", "\(shown.errors)")
  }

  @Test(arguments: [
    (#"(a)\1|."#, #"\1 at character 4 is not supported"#),
    (#"\p{Foo}"#, #"\p{Foo} at character 1 is not supported"#),
    ("[a-z", "[ at character 1 has no end"), ("gpt3", #"there is no pattern "gpt3""#),
  ])
  func isRefusedByName(pattern: String, wanted: String) throws {
    let bench = try Workbench()
    let outcome = try Cuvee.run(["check", try mixture(pattern, in: bench)])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("m.yaml:2:12: ") && outcome.errors.contains(wanted))
  }

  /// Ids may end inside a character: a JSON string cannot.
  @Test func decodedArraysAreJSON() throws {
    let bench = try Workbench()
    _ = try mixture("gpt2", in: bench)
    try bench.folder.write(#"{"text": "é\u0000\"x"}"# + "\n", as: "b.jsonl")
    let ids = bench.file("ids.npy")
    let options = ["--tokenizer", bench.file("ranks.tiktoken"), "--pattern", "gpt2"]
    let encoded = try Cuvee.run(["tokenize", bench.file("b.jsonl"), "--output", ids] + options)
    #expect(encoded.status == 0, "\(encoded.errors)")
    // The document now ends inside its first character.
    let offsets = bench.file("ids.offsets.npy")
    var data = try Data(contentsOf: URL(fileURLWithPath: offsets))
    let header = data.count - 16
    data.replaceSubrange(header + 8..<header + 16, with: [1, 0, 0, 0, 0, 0, 0, 0])
    try data.write(to: URL(fileURLWithPath: offsets))
    let cut = try Cuvee.run(["tokenize", ids, "--decode"] + options)
    #expect(cut.status == 0, "\(cut.errors)")
    let line = try JSONDecoder().decode(String.self, from: Data(cut.output.utf8))
    #expect(line == "\u{FFFD}")
  }
}
