import Testing

@testable import Tokenizers

/// Where the patterns cut, against the engines of the reference tokenizers.
struct PretokenizerTests {
  struct Golden: Decodable {
    var texts: [String]
    var regexes: [String: String]
    var pieces: [String: [[Int]]]
  }

  @Test("pieces end where the reference's do", arguments: PretokenPattern.allCases)
  func golden(pattern: PretokenPattern) throws {
    guard let pretokenizer = pattern.pretokenizer else { return }
    let golden = try TokenizerFixtures.decode(Golden.self, "golden-pieces.json")
    let wanted = try #require(golden.pieces[pattern.rawValue])
    for (text, lengths) in zip(golden.texts, wanted) {
      #expect(Self.lengths(Array(text.utf8), pretokenizer) == lengths, "\(text.debugDescription)")
    }
  }

  @Test("the expressions of the fixtures are known ones")
  func regexes() throws {
    let golden = try TokenizerFixtures.decode(Golden.self, "golden-pieces.json")
    for (name, regex) in golden.regexes {
      #expect(PretokenPattern(regex: regex)?.rawValue == name)
    }
    #expect(PretokenPattern(regex: #"\s+"#) == nil)
  }

  @Test("bytes that are not UTF-8 are cut without end or overrun")
  func invalidBytes() throws {
    let bytes: [UInt8] = [0xF0, 0x9F, 0x20, 0xC2, 0x27, 0xFF, 0xE2, 0x80]
    for pretokenizer in PretokenPattern.allCases.compactMap(\.pretokenizer) {
      #expect(Self.lengths(bytes, pretokenizer).reduce(0, +) == bytes.count)
    }
  }

  private static func lengths(_ text: [UInt8], _ pretokenizer: any Pretokenizer) -> [Int] {
    var result: [Int] = []
    var start = 0
    while start < text.count {
      let end = pretokenizer.pieceEnd(in: text.span, from: start)
      guard end > start, end <= text.count else { return result + [-1] }
      result.append(end - start)
      start = end
    }
    return result
  }
}
