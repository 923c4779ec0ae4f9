import Bytes
import Testing

@testable import Tokenizers

/// The scanner of 64 bytes at a time cuts as the one of single characters does, at every level.
struct PieceScannerTests {
  private static let patterns = PretokenPattern.allCases.filter { $0 != .whole }

  /// Characters that the patterns tell apart, the frequent ones more than once.
  private static let alphabets: [[String]] = [
    ["a", "b", "S", " ", " ", "\n", "'", "s", "t", "1", "!", "\r", "/"],
    ["a", "s", "L", "l", "'", "'", "’", "ſ", "é", "É", "中", "e\u{301}", " ", "R", "e"],
    [" ", " ", " ", "\n", "\r\n", "\t", "\u{A0}", "\u{3000}", "\u{85}", "x", "!", "/"],
    ["1", "2", "٣", "½", "①", "Ⅷ", "𝟘", " ", "a", ".", ","],
    ["中", "国", "。", "语", "あ", "한", "𠀀", "ª", "ǅ", "A", "b", "ʰ", " "],
    ["\u{301}", "\u{FE0F}", "!", "…", "❤", "😀", "👨‍👩", " ", "a", "A", "\n", "/"],
    ["а", "Б", "в", "ω", "Ω", "ا", "ن", "क", "ि", "ไ", "ท", " ", ".", "x"],
  ]

  @Test("random text is cut alike", arguments: patterns)
  func randomText(pattern: PretokenPattern) throws {
    var random = StableRandom(seed: 1, purpose: "pieces \(pattern.rawValue)")
    for round in 0..<700 {
      let alphabet = Self.alphabets[round % Self.alphabets.count]
      // Long runs now and then, and every length around that of a block.
      let text = (0..<random.below(140)).map { _ in
        String(
          repeating: alphabet[random.below(alphabet.count)],
          count: random.below(24) == 0 ? 1 + random.below(90) : 1)
      }
      try expectAlike(Array(text.joined().utf8), pattern)
    }
  }

  @Test("hard texts are cut alike at every offset", arguments: patterns)
  func offsets(pattern: PretokenPattern) throws {
    let hard = [
      "'s 'LL we've It'S'd x'ſy 're'", "\n \n  a\r\n\r\n  b \n", "!\n\n  x!\n \n x/\n/x!\n/!!",
      "1234567 ١٢٣٤ ½²", "中国GDP fooBar HTTPServer ªA \u{301}ABC", "❤\u{FE0F} !\u{301}a a's's's",
      "\u{A0}\u{A0}a \u{3000}。 x\u{2003}\u{2003}",
    ]
    for text in hard {
      for offset in 0..<70 {
        let filler = offset % 2 == 0 ? "x" : "é"
        try expectAlike(
          Array((String(repeating: filler, count: offset / 2) + " " + text + text).utf8), pattern)
        try expectAlike(
          Array((String(repeating: "ab ", count: offset / 3) + text + "y").utf8), pattern)
      }
    }
  }

  @Test("bytes that are not UTF-8 are cut alike", arguments: patterns)
  func invalidBytes(pattern: PretokenPattern) throws {
    var random = StableRandom(seed: 2, purpose: "broken \(pattern.rawValue)")
    let parts: [[UInt8]] = [
      [0xC2], [0xE2, 0x80], [0xF0, 0x9F, 0x98], [0xFF], [0xC0, 0x80], [0xF5, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0xA0], [0xED, 0xA0, 0x80], [0x80], Array("é".utf8),
      Array("中".utf8), Array("a".utf8), Array(" ".utf8), Array("'s".utf8), Array("\n".utf8),
    ]
    for _ in 0..<400 {
      try expectAlike(
        (0..<random.below(120)).flatMap { _ in parts[random.below(parts.count)] }, pattern)
    }
  }

  @Test("golden texts are cut alike", arguments: patterns)
  func golden(pattern: PretokenPattern) throws {
    let golden = try TokenizerFixtures.decode(PretokenizerTests.Golden.self, "golden-pieces.json")
    for text in golden.texts { try expectAlike(Array(text.utf8), pattern) }
    try expectAlike(Array(golden.texts.joined().utf8), pattern)
  }

  private func expectAlike(_ text: [UInt8], _ pattern: PretokenPattern) throws {
    let wanted = Self.ends(text, try #require(pattern.pretokenizer))
    for level in PieceScanner.Level.available {
      let scanner = try #require(PieceScanner(pattern, level: level))
      let found = Self.ends(text, scanner)
      if found != wanted {
        let place = zip(found, wanted).first { $0 != $1 }.map { "\($0)" } ?? "length"
        Issue.record(
          "\(level): \(String(decoding: text, as: UTF8.self).debugDescription): \(place)")
      }
    }
  }

  private static func ends(_ text: [UInt8], _ pretokenizer: any Pretokenizer) -> [UInt32] {
    var result: [UInt32] = []
    var start = 0
    while start < text.count {
      start = pretokenizer.pieceEnd(in: text.span, from: start)
      result.append(UInt32(start))
    }
    return result
  }

  private static func ends(
    _ text: [UInt8], _ scanner: PieceScanner
  ) -> [UInt32] {
    var result: [UInt32] = []
    var start = 0
    while start < text.count {
      var ends = [UInt32](repeating: 0, count: 100 + PieceScanner.slack)
      var count = 0
      var span = ends.mutableSpan
      scanner.cut(text.span, from: &start, into: &span, count: &count, limit: 100)
      result += ends[..<count]
    }
    return result
  }
}
