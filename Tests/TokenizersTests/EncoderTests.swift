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
      heap.merge(&merged, pairs: tokenizer.model.merges)
      #expect(merged == plainMerge(symbols, tokenizer.model.merges))
    }
    let run = [UInt8](repeating: UInt8(ascii: "a"), count: 100_000)
    #expect(TokenizerFixtures.encode(run, tokenizer).count > 1000)
  }

  @Test("pieces come to the same ids at every level, and whatever the cache may hold")
  func levels() throws {
    let loaded = try TokenizerFixtures.load("gpt2-style/tokenizer.json")
    let tokenizer = try #require(loaded.tokenizer as? BytePairTokenizer)
    let model = tokenizer.model
    var random = StableRandom(seed: 1, purpose: "levels")
    let parts = [
      " the", "barrel", " cellar", "é", "中文字", "1998", "'ll", "\n ", "  ", "xyz", " a-b",
    ]
    for pattern in [PretokenPattern.gpt2, .cl100k, .o200k, .whole] {
      let text = Array(
        (0..<3_000).map { _ in
          parts[random.below(parts.count)] + (random.below(4) == 0 ? "\(random.below(99_999))" : "")
        }.joined().utf8)
      let wanted = plainIDs(text, pattern, model)
      for level in PieceScanner.Level.available {
        for budget in [1, BytePairTokenizer.defaultCacheBudget] {
          var encoder = PieceEncoder(
            model: model, pattern: pattern, cacheBudget: budget, level: level)
          var ids: [UInt32] = []
          encoder.encode(text.span, into: &ids)
          #expect(ids == wanted, "\(pattern), \(level), \(budget)")
          encoder.encode(text.span, into: &ids)
          #expect(ids == wanted + wanted)
        }
      }
    }
  }

  private static let letters = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { [$0] }
  /// Hard texts, by the characters that they are made of at random.
  private static let alphabets: [(name: String, characters: [[UInt8]])] = [
    ("one letter", [[0x61]]), ("one symbol", [[0x5E]]), ("blanks", [[0x20]]),
    ("one ideograph", [Array("一".utf8)]), ("letters", letters),
    ("ideographs", (0x80...0xBF).map { [0xE5, 0x90, $0] }),
    ("base64", letters + (0x30...0x39).map { [$0] } + (0x41...0x5A).map { [$0] } + [[0x2B]]),
    ("whitespace", [[0x20], [0x09], [0x0A], Array("\u{3000}".utf8)]),
  ]

  @Test("texts that are hard to merge end in time", arguments: alphabets.map(\.name))
  func hardTexts(name: String) throws {
    let alphabet = try #require(Self.alphabets.first { $0.name == name }).characters
    var random = StableRandom(seed: 1, purpose: name)
    var text: [UInt8] = []
    while text.count < 100_000 { text += alphabet[random.below(alphabet.count)] }
    let loaded = try TokenizerFixtures.load("gpt2-style/tokenizer.json")
    let tokenizer = try #require(loaded.tokenizer as? BytePairTokenizer)
    let model = tokenizer.model
    // As one piece: the windows against the heap over all of it.
    var merger = BytePairMerger()
    for length in [60, 200, 1_000, 1_024, 1_025, 20_000] {
      let piece = Array(text.prefix(length))
      var merged: [UInt32] = []
      merger.merge(piece.span, model: model, into: &merged)
      var symbols = piece.map { model.byteTokens[Int($0)] }
      var heap = HeapMerger()
      heap.merge(&symbols, pairs: model.merges)
      #expect(merged == symbols, "\(name), \(length)")
    }
    let clock = ContinuousClock()
    let time = clock.measure {
      let ids = TokenizerFixtures.encode(text, tokenizer)
      var bytes: [UInt8] = []
      tokenizer.decode(ids.span, into: &bytes)
      #expect(bytes == text)
    }
    // Quadratic merging would take minutes; this bound is wide, for builds without optimisation.
    #expect(time < .seconds(30))
  }

  /// The ids of a text by definition: pieces by the scanner of single characters, then merges.
  private func plainIDs(
    _ text: [UInt8], _ pattern: PretokenPattern, _ model: BytePairModel
  ) -> [UInt32] {
    var ids: [UInt32] = []
    var start = 0
    while start < text.count {
      let end = pattern.pretokenizer?.pieceEnd(in: text.span, from: start) ?? text.count
      if pattern == .whole {
        var symbols = text.map { model.byteTokens[Int($0)] }
        var heap = HeapMerger()
        heap.merge(&symbols, pairs: model.merges)
        ids += symbols
      } else {
        let symbols = text[start..<end].map { model.byteTokens[Int($0)] }
        ids += plainMerge(symbols, model.merges)
      }
      start = end
    }
    return ids
  }

  /// The definition: the pair of least rank, leftmost first, until none is left.
  private func plainMerge(_ symbols: [UInt32], _ pairs: some PairFinding) -> [UInt32] {
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
