import Declarations
import Testing

@testable import Tokenizers

/// Special tokens that texts spell out.
struct SpecialTokenTests {
  @Test("they are parsed where that is wanted, and counted")
  func parsing() throws {
    let tokenizer = try TokenizerFixtures.load("neox-style/tokenizer.json").tokenizer
    let text = Array("a<|endoftext|>b<|padding|><|endoftext|".utf8)
    var ordinary: [UInt32] = []
    tokenizer.makeEncoder().encode(text.span, into: &ordinary)
    #expect(!ordinary.contains(0))
    var parsed: [UInt32] = []
    tokenizer.makeEncoder(specialTokens: .parse).encode(text.span, into: &parsed)
    #expect(parsed.filter { $0 < 2 } == [0, 1])
    for ids in [ordinary, parsed] {
      var decoded: [UInt8] = []
      tokenizer.decode(ids.span, into: &decoded)
      #expect(decoded == text)
    }
    let counter = SpecialTokenCounter(tokenizer)
    #expect(counter.count(in: text.span) == 2)
    // None across the end of a text.
    #expect(counter.count(in: text.span, ends: [5, 14, text.count]) == 1)
  }
}
