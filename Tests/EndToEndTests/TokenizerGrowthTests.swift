import Foundation
import TestSupport
import Testing

/// Twice the text takes about twice the time, whatever the kind of encoder.
///
/// What a list that is copied for every new word costs is seen on distinct words: with such a copy, 1.6
/// megabytes of them took 19 seconds, and 3.2 megabytes 82. Measured is the time that the kernel counts for
/// the finished program, of which the time of a text of one word is taken off, so that starting does not
/// hide what the text takes. Other tests beside this one change that little, and of some runs the least
/// counts.
@Suite(.serialized) struct TokenizerGrowthTests {
  /// More than two, because the processor's caches are smaller than what a longer text needs.
  private static let mostGrowth = 2.3
  /// What the clock rounds off and a page more or less costs.
  private static let tolerance = 0.03
  private static let fixtures = Repository.path("Tests/TokenizersTests/Fixtures")

  private static let kinds: [(name: String, vocabulary: String, pattern: String?)] = [
    ("byte-level, cut by a kernel", "neox-style/tokenizer.json", nil),
    ("byte-level in two files", "gpt2-style/vocab.json", nil),
    ("ranks, cut by a kernel", "gpt2-style/ranks.tiktoken", "cl100k"),
    (
      "ranks, cut by an automaton", "gpt2-style/ranks.tiktoken",
      #"\p{L}+|\p{N}|\s+|[^\s\p{L}\p{N}]+"#
    ),
    ("ranks, cut by PCRE2", "gpt2-style/ranks.tiktoken", #"(?>\p{L}+|\p{N}|\s+|[^\s\p{L}\p{N}]+)"#),
    ("tekken", "made/tekken.json", nil),
    ("byte-level, cut by a chain of splits", "kinds/deepseek-llm.json", nil),
    ("byte-level, cut as text and as bytes", "kinds/falcon.json", nil),
    ("byte-level, cut by long look-aheads", "kinds/thousands.json", nil),
    ("byte-level, composed with a normaliser", "split-style/tokenizer.json", nil),
    ("SentencePiece's pairs", "sp-bpe/tokenizer.model", nil),
    ("pairs of characters behind Metaspace", "metaspace-style/tokenizer.json", nil),
    ("SentencePiece's unigram", "sp-unigram/tokenizer.model", nil),
    ("unigram in tokenizer.json", "unigram-style/tokenizer.json", nil),
    ("unigram with bytes for the unknown", "made/bytes.json", nil),
    ("unigram whose pieces hold spaces", "made/spaces.json", nil),
    ("pairs of characters, not cut", "made/pairs.json", nil),
  ]

  /// A unigram without a pre-tokeniser: each text is one piece to it.
  private static func unigram(withBytes: Bool) -> String {
    var pieces = ["<unk>"]
    if withBytes {
      pieces += (0..<256).map {
        "<0x" + ($0 < 16 ? "0" : "") + String($0, radix: 16).uppercased() + ">"
      }
    }
    let letters = "abcdefghijklmnopqrstuvwxy".map(String.init)
    pieces += letters + letters.map { " " + $0 } + letters.map { $0 + " " }
    pieces += letters.flatMap { left in letters.map { left + $0 } } + ["e t", "s a b", " of the "]
    let list = pieces.enumerated().map { #"["\#($1)", -\#(1 + $0 % 97).25]"# }
    return """
      {"normalizer": null, "pre_tokenizer": null, "decoder": null, "added_tokens": [], "model":
      {"type": "Unigram", "unk_id": 0, "byte_fallback": \(withBytes),
       "vocab": [\(list.joined(separator: ","))]}}
      """
  }

  /// Pairs of letters merge, and letters and spaces, so that no text is cut.
  private static func pairs() -> String {
    let letters = "abcdefghijklmnopqrstuvwxyz ".map(String.init)
    let merges = letters.flatMap { left in letters.map { (left, $0) } }
    let tokens = ["<unk>"] + letters + merges.map { $0.0 + $0.1 }
    let vocab = tokens.enumerated().map { #""\#($1)": \#($0)"# }.joined(separator: ",")
    let list = merges.map { #"["\#($0.0)", "\#($0.1)"]"# }.joined(separator: ",")
    return """
      {"normalizer": null, "pre_tokenizer": null, "decoder": null, "added_tokens": [], "model":
      {"type": "BPE", "unk_token": "<unk>", "vocab": {\(vocab)}, "merges": [\(list)]}}
      """
  }

  /// Ranks as tekken.json has them.
  private static func tekken() throws -> String {
    let ranks = try String(
      contentsOfFile: "\(fixtures)/gpt2-style/ranks.tiktoken", encoding: .utf8)
    let lines = ranks.split(separator: "\n").map { $0.split(separator: " ") }
    let vocab = lines.map { #"{"rank": \#($0[1]), "token_bytes": "\#($0[0])", "token_str": null}"# }
    return #"""
      {"config": {"pattern": "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
      "num_vocab_tokens": \#(vocab.count), "default_vocab_size": \#(vocab.count + 3),
      "default_num_special_tokens": 3, "version": "v3"}, "vocab": [\#(vocab.joined(separator: ","))]}
      """#
  }

  /// Documents of words: all distinct and of 20 to 39 letters, or running text.
  private static func corpus(bytes: Int, isDistinct: Bool) -> Data {
    var random = SeededGenerator(seed: 3)
    let common = "the of and to in is that it was for on are as with his they at be this have"
      .split(
        separator: " ")
    var lines: [UInt8] = []
    while lines.count < bytes {
      lines += Array(#"{"text": ""#.utf8)
      for _ in 0..<200 {
        if !isDistinct, random.below(4) > 0 {
          lines += Array(common[random.below(common.count)].utf8)
        } else {
          let length = isDistinct ? 20 + random.below(20) : 4
          for _ in 0..<length { lines.append(0x61 + UInt8(random.below(26))) }
        }
        lines.append(0x20)
      }
      lines += Array("\"}\n".utf8)
    }
    return Data(lines)
  }

  @Test("twice the text takes at most 2.3 times as long")
  func growth() throws {
    let folder = try TemporaryFolder("growth")
    let made = [
      "made/bytes.json": Self.unigram(withBytes: true),
      "made/spaces.json": Self.unigram(withBytes: false), "made/pairs.json": Self.pairs(),
      "made/tekken.json": try Self.tekken(),
    ].mapValues { Data($0.utf8) }
    let start = try folder.write(Data("{\"text\": \"a\"}\n".utf8), as: "start.jsonl")
    for isDistinct in [true, false] {
      // Running text is tokenised several times as fast.
      let size = isDistinct ? 1_000_000 : 3_000_000
      let corpora = try [size, 2 * size].enumerated().map { index, bytes in
        try folder.write(
          Self.corpus(bytes: bytes, isDistinct: isDistinct), as: "\(isDistinct)\(index).jsonl")
      }
      for kind in Self.kinds {
        let path =
          try made[kind.vocabulary].map {
            try folder.write($0, as: String(kind.vocabulary.dropFirst(5)))
          } ?? "\(Self.fixtures)/\(kind.vocabulary)"
        let options = ["--tokenizer", path] + (kind.pattern.map { ["--pattern", $0] } ?? [])
        var best = [Double.infinity, .infinity, .infinity]
        var isLinear = false
        // Again where it looks too slow: another program may have been in the way.
        for round in 0..<8 where !isLinear {
          for (index, corpus) in ([start] + corpora).enumerated() {
            best[index] = min(best[index], try seconds(["tokenize", corpus, "--count"] + options))
          }
          let grown = (best[1] - best[0]) * Self.mostGrowth + Self.tolerance
          isLinear = round > 0 && best[2] - best[0] <= grown
        }
        #expect(
          isLinear,
          "\(kind.name), \(isDistinct ? "distinct words" : "running text"): \(best) s")
      }
    }
  }

  /// The processor seconds of a run, by the shell's own count.
  private func seconds(_ arguments: [String]) throws -> Double {
    let outcome = try Cuvee.run(
      arguments + ["--workers", "1"],
      wrapper: ["/bin/bash", "-c", #""$@" >/dev/null || exit 1; times | tail -n 1"#, "times"])
    try #require(outcome.status == 0, "\(outcome.errors)")
    // `0m0.123s 0m0.045s`: of the children, in user and system.
    let times = outcome.output.split(whereSeparator: \.isWhitespace).compactMap { time in
      let parts = time.split(separator: "m")
      return parts.count == 2
        ? Double(parts[0]).flatMap { minutes in
          Double(parts[1].dropLast()).map { minutes * 60 + $0 }
        }
        : nil
    }
    try #require(times.count == 2, "\(outcome.output)")
    return times[0] + times[1]
  }
}
