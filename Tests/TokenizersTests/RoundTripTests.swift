import Bytes
import Testing

@testable import Tokenizers

/// Decoding gives back what was encoded, for every byte-level vocabulary.
@Suite(.enabled(if: TokenizerFixtures.realData != nil, "CUVEE_TESTDATA is not set"))
struct RoundTripTests {
  /// Those that take every text as it is.
  private static let exact = [
    "gpt2", "p50k_base", "cl100k_base", "o200k_base", "llama3", "tekken", "dolma2",
  ]
  /// Those that bring text to a normal form first.
  private static let normalizing = ["gpt-neox-20b", "qwen"]

  @Test("the bytes of random texts", arguments: exact)
  func bytes(name: String) throws {
    let tokenizer = try load(name)
    for (text, decoded) in try roundTrip(Self.texts(name), tokenizer) {
      #expect(decoded == Array(text.utf8), "\(name): \(text.debugDescription)")
    }
  }

  /// The library's `==` compares by canonical equivalence, with Unicode tables of its own.
  @Test("a text that is canonically equivalent", arguments: normalizing)
  func equivalent(name: String) throws {
    let tokenizer = try load(name)
    var ascii = 0
    for (text, decoded) in try roundTrip(Self.texts(name), tokenizer) {
      #expect(String(decoding: decoded, as: UTF8.self) == text, "\(name): \(text.debugDescription)")
      guard text.utf8.allSatisfy({ $0 < 0x80 }) else { continue }
      ascii += 1
      #expect(decoded == Array(text.utf8), "\(name): \(text.debugDescription)")
    }
    #expect(ascii > 100)
  }

  private func load(_ name: String) throws -> any Tokenizer {
    let folders = [TokenizerFixtures.realData].compactMap { $0 }
    return try TokenizerCatalogue.find(name, searchFolders: folders).tokenizer
  }

  /// The texts with what becomes of them.
  private func roundTrip(
    _ texts: [String], _ tokenizer: any Tokenizer
  ) throws -> [(String, [UInt8])] {
    zip(texts, TokenizerFixtures.encode(texts, tokenizer)).map { text, ids in
      var bytes: [UInt8] = []
      tokenizer.decode(ids.span, into: &bytes)
      return (text, bytes)
    }
  }

  /// Texts of ASCII, of few characters, of all, and of runs.
  private static func texts(_ name: String) -> [String] {
    var random = StableRandom(seed: 7, purpose: "round trip \(name)")
    let few = Array(
      " \n\t\r'sdtre09.,<|endoftext|>éß中한\u{301}\u{323}\u{3000}\u{a0}😀\u{200d}".unicodeScalars)
    return (0..<3_000).map { number in
      var text = String.UnicodeScalarView()
      let count = random.below(number % 100 == 0 ? 3_000 : 40)
      while text.count < count {
        let scalar: Unicode.Scalar? =
          switch number % 4 {
          case 0: Unicode.Scalar(UInt8(random.below(0x80)))
          case 1: few[random.below(few.count)]
          case 2: Unicode.Scalar(UInt32(random.below(0x110000)))
          default: Unicode.Scalar(UInt32(random.below(0x3100)))
          }
        guard let scalar else { continue }
        for _ in 0..<(number % 7 == 0 ? random.below(50) + 1 : 1) { text.append(scalar) }
      }
      return String(text)
    }
  }
}
