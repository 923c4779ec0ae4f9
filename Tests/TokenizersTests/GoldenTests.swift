import Foundation
import Testing

@testable import Tokenizers

/// Ids against those of tiktoken and Hugging Face tokenizers.
struct GoldenTests {
  @Test(
    "tiny vocabularies give the reference's ids",
    arguments: [
      ("gpt2-style/tokenizer.json", "gpt2-style/tokenizer.json"),
      ("gpt2-style/vocab.json", "gpt2-style/tokenizer.json"),
      ("gpt2-style/ranks.tiktoken", "gpt2-style/ranks.tiktoken"),
      ("neox-style/tokenizer.json", "neox-style/tokenizer.json"),
      ("neox-style-prefix-space/tokenizer.json", "neox-style-prefix-space/tokenizer.json"),
      ("neox-style-whole/tokenizer.json", "neox-style-whole/tokenizer.json"),
      ("split-style/tokenizer.json", "split-style/tokenizer.json"),
      ("metaspace-style/tokenizer.json", "metaspace-style/tokenizer.json"),
      ("unigram-style/tokenizer.json", "unigram-style/tokenizer.json"),
      ("sp-bpe/tokenizer.model", "sp-bpe/tokenizer.model"),
      ("sp-unigram/tokenizer.model", "sp-unigram/tokenizer.model"),
    ])
  func tiny(file: String, key: String) throws {
    let golden = try TokenizerFixtures.golden("golden-tiny.json")
    try expect(golden, key, try TokenizerFixtures.load(file).tokenizer)
  }

  @Test(
    "real vocabularies give the reference's ids",
    .enabled(if: TokenizerFixtures.realData != nil, "CUVEE_TESTDATA is not set"),
    arguments: [
      "gpt2", "p50k_base", "gpt-neox-20b", "cl100k_base", "o200k_base", "llama3", "qwen",
      "tekken", "dolma2", "llama2", "mistral-v1",
    ])
  func real(name: String) throws {
    let golden = try TokenizerFixtures.golden("golden-real.json")
    let folders = [TokenizerFixtures.realData].compactMap { $0 }
    let loaded = try TokenizerCatalogue.find(name, searchFolders: folders)
    #expect(loaded.name == name)
    try expect(golden, name, loaded.tokenizer)
  }

  @Test(
    "kinds of published vocabularies give the reference's ids",
    arguments: [
      "deepseek-llm", "deepseek-v3", "falcon", "starcoder", "byte-level-normalizer", "thousands",
      "digits-from-the-right", "words-and-lines", "replace-regex",
    ])
  func kinds(name: String) throws {
    let golden = try TokenizerFixtures.golden("golden-kinds.json")
    let loaded = try TokenizerFixtures.load("kinds/\(name).json")
    #expect(loaded.notes.isEmpty, "\(loaded.notes)")
    try expect(golden, "kinds/\(name).json", loaded.tokenizer)
  }

  /// Clusters, and what `tokenizers.normalizers.Precompiled` makes of them by a charsmap of a few rules.
  private struct Clusters: Decodable {
    var charsmap: String
    var texts: [String]
    var wanted: [String]
  }

  @Test("Precompiled's rules take clusters as the reference does")
  func clusters() throws {
    let golden = try TokenizerFixtures.decode(Clusters.self, "golden-clusters.json")
    let data = try #require(Data(base64Encoded: golden.charsmap))
    let rules = try PrecompiledCharsmap(Array(data), place: "test")
    #expect(golden.texts.count > 2000)
    for (text, wanted) in zip(golden.texts, golden.wanted) {
      let found = GraphemeRules.apply(rules, to: Array(text.utf8))
      #expect(
        found == Array(wanted.utf8), "\(text.unicodeScalars.map { String($0.value, radix: 16) })")
    }
  }

  private func expect(
    _ golden: TokenizerFixtures.Golden, _ key: String, _ tokenizer: any Tokenizer
  ) throws {
    let wanted = try #require(golden.ids[key])
    let found = TokenizerFixtures.encode(golden.texts, tokenizer)
    #expect(found.count == wanted.count)
    for (text, (found, wanted)) in zip(golden.texts, zip(found, wanted)) {
      #expect(found == wanted, "\(key): \(text.debugDescription)")
    }
  }
}
