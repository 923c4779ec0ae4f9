import Bytes
import Testing

@testable import Tokenizers

/// Ids that are taken before the end of a text are those that stay without a drain.
struct TokenDrainTests {
  private static let kinds = [
    "gpt2-style/tokenizer.json", "gpt2-style/ranks.tiktoken", "neox-style/tokenizer.json",
    "kinds/deepseek-llm.json", "sp-bpe/tokenizer.model", "sp-unigram/tokenizer.model",
    "unigram-style/tokenizer.json", "metaspace-style/tokenizer.json",
  ]

  /// A long word, one of a single letter, unknown characters in a row, and running text.
  private static let texts: [[UInt8]] = {
    var random = StableRandom(seed: 1, purpose: "drain")
    let word = (0..<300_000).map { _ in 0x61 + UInt8(random.below(26)) }
    let run = [UInt8](repeating: 0x61, count: 200_000)
    let unknown = Array(String(repeating: "\u{E000}", count: 20_000).utf8)
    var words: [UInt8] = []
    for _ in 0..<60_000 {
      words.append(0x20)
      for _ in 0...random.below(9) { words.append(0x61 + UInt8(random.below(26))) }
    }
    let mixed: [UInt8] = unknown + Array(word.prefix(100)) + unknown
    let lines: [UInt8] = Array(word.prefix(12)) + [0x0A] + words
    return [word, run, mixed, words, lines]
  }()

  @Test("ids that are taken are the same, and no list grows with the text", arguments: kinds)
  func sameIDs(kind: String) throws {
    let limit = 1000
    let tokenizer = try TokenizerFixtures.load(kind).tokenizer
    for text in Self.texts {
      var wanted: [UInt32] = []
      tokenizer.makeEncoder().encode(text.span, into: &wanted)
      var (taken, longest) = ([UInt32](), 0)
      let drain = TokenDrain(limit: limit) { ids in
        for index in 0..<ids.count { taken.append(ids[index]) }
        longest = max(longest, ids.count)
      }
      var given: [UInt32] = []
      tokenizer.makeEncoder().encode(givenAway: text, into: &given)
      #expect(given == wanted)
      let encoder = tokenizer.makeEncoder()
      encoder.drain = drain
      var (rest, ends) = ([UInt32](), [Int]())
      encoder.encodeBatch(text: text.span, ends: [12, text.count], into: &rest, idEnds: &ends)
      drain.finish(&rest)
      var parts: [UInt32] = []
      tokenizer.makeEncoder().encode(text.span.extracting(0..<12), into: &parts)
      #expect(ends == [parts.count, taken.count])
      tokenizer.makeEncoder().encode(text.span.extracting(12..<text.count), into: &parts)
      #expect(taken == parts && !drain.hasFailed)
      // A window of merges comes at once.
      #expect(longest <= limit + WindowMerger.usualWindow)
      #expect(longest < wanted.count || wanted.count < WindowMerger.usualWindow)
    }
  }

  @Test("ids that were taken in vain make it fail, and others do not")
  func rollBack() {
    var taken: [UInt32] = []
    let drain = TokenDrain(limit: 2) { ids in
      for index in 0..<ids.count { taken.append(ids[index]) }
    }
    var ids: [UInt32] = [1, 2, 3]
    drain.relieve(&ids)
    #expect(taken == [1, 2] && ids == [3] && drain.taken == 2)
    ids.append(4)
    drain.rollBack(&ids, to: 3)
    #expect(ids == [3] && !drain.hasFailed)
    drain.rollBack(&ids, to: 1)
    #expect(drain.hasFailed)
  }
}
