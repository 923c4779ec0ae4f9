import Bytes
import Testing

@testable import Tokenizers

/// What holds for every text.
struct EncoderTests {
  private static let files = ["gpt2-style/tokenizer.json", "gpt2-style/ranks.tiktoken"]

  @Test("decoding gives the text back", arguments: files)
  func roundTrip(file: String) throws {
    let tokenizer = try TokenizerFixtures.load(file).tokenizer
    for text in try TokenizerFixtures.golden("golden-tiny.json").texts {
      var bytes: [UInt8] = []
      let ids = TokenizerFixtures.encode(Array(text.utf8), tokenizer)
      tokenizer.decode(ids.span, into: &bytes)
      #expect(bytes == Array(text.utf8))
    }
  }

  @Test("a text's ids do not depend on its neighbours or on what the cache holds")
  func independence() throws {
    let loaded = try TokenizerFixtures.load("neox-style/tokenizer.json")
    var tokenizer = try #require(loaded.tokenizer as? BytePairTokenizer)
    let texts = try TokenizerFixtures.golden("golden-tiny.json").texts
    let alone = texts.map { TokenizerFixtures.encode(Array($0.utf8), tokenizer) }
    #expect(TokenizerFixtures.encode(texts, tokenizer) == alone)
    tokenizer.cacheBudget = 1
    #expect(TokenizerFixtures.encode(texts + texts, tokenizer) == alone + alone)
  }

  @Test("bytes that are not UTF-8 never trap")
  func invalidBytes() throws {
    var random = StableRandom(seed: 1, purpose: "invalid bytes")
    for file in ["gpt2-style/tokenizer.json", "neox-style/tokenizer.json"] {
      let tokenizer = try TokenizerFixtures.load(file).tokenizer
      for length in 0..<300 {
        let bytes = (0..<length % 24).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        var decoded: [UInt8] = []
        tokenizer.decode(TokenizerFixtures.encode(bytes, tokenizer).span, into: &decoded)
        #expect(!bytes.isEmpty || decoded.isEmpty)
      }
    }
  }

  @Test("special tokens in text are ordinary text, and unknown ids are U+FFFD")
  func specialTokens() throws {
    let loaded = try TokenizerFixtures.load("neox-style/tokenizer.json")
    #expect(loaded.tokenizer.specialTokens == ["<|endoftext|>": 0, "<|padding|>": 1])
    #expect(loaded.endOfDocument == 0)
    let ids = TokenizerFixtures.encode(Array("a<|endoftext|>".utf8), loaded.tokenizer)
    #expect(!ids.contains(0))
    var bytes: [UInt8] = []
    let strange: [UInt32] = [0, 9_999_999, UInt32.max]
    loaded.tokenizer.decode(strange.span, into: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "<|endoftext|>\u{FFFD}\u{FFFD}")
  }

  @Test("the heap merges as scanning does, and long runs end in time")
  func heap() throws {
    let loaded = try TokenizerFixtures.load("gpt2-style/tokenizer.json")
    let tokenizer = try #require(loaded.tokenizer as? BytePairTokenizer)
    var random = StableRandom(seed: 1, purpose: "heap")
    let letters = Array(" aberstlo".utf8)
    for length in [1, 2, 3, 10, 48, 49, 200, 1000] {
      let bytes = (0..<length).map { _ in letters[random.below(letters.count)] }
      let symbols = bytes.map { tokenizer.model.byteTokens[Int($0)] }
      var merged = symbols
      var heap = HeapMerger()
      heap.merge(&merged, pairs: tokenizer.model.pairs)
      #expect(merged == plainMerge(symbols, tokenizer.model.pairs))
    }
    let run = [UInt8](repeating: UInt8(ascii: "a"), count: 100_000)
    #expect(TokenizerFixtures.encode(run, tokenizer).count > 1000)
  }

  /// The definition: the pair of least rank, leftmost first, until none is left.
  private func plainMerge(_ symbols: [UInt32], _ pairs: PairTable) -> [UInt32] {
    var symbols = symbols
    while true {
      let found = zip(symbols, symbols.dropFirst()).map { pairs.find($0, $1) }
      guard let best = found.map({ $0 >> 32 }).min(), let least = found.min(),
        least != PairTable.none, let position = found.firstIndex(where: { $0 >> 32 == best })
      else { return symbols }
      symbols.replaceSubrange(position...position + 1, with: [UInt32(truncatingIfNeeded: least)])
    }
  }
}
