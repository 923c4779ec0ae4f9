import Bytes
import Testing

@testable import Tokenizers

/// The tables that the generated text holds, and normalisation.
struct UnicodeTests {
  @Test("the classes have as many members as Unicode 16 has")
  func classes() {
    var counts = [Int](repeating: 0, count: 16)
    for point in UInt32(0)...0x10FFFF where !(0xD800...0xDFFF).contains(point) {
      counts[Int(UnicodeClasses.reference.of(point))] += 1
    }
    // Unicode 16: general categories Lu and Lt, Ll, Lm and Lo, M, N, and White_Space.
    let (starts, ends) = (Int(UnicodeClasses.starts), Int(UnicodeClasses.ends))
    let letter = Int(UnicodeClasses.letter)
    #expect(counts[letter | starts] == 1_889)
    #expect(counts[letter | ends] == 2_258)
    #expect(counts[letter | starts | ends] == 141_028 - 1_889 - 2_258)
    #expect(counts[Int(UnicodeClasses.other) | starts | ends] == 2_501)
    #expect(counts[Int(UnicodeClasses.number)] == 1_911)
    #expect(counts[Int(UnicodeClasses.whitespace)] == 25)
  }

  /// Expected values from the examples of Unicode Standard Annex 15 and `unicodedata` of Python.
  @Test(
    "normalisation form C",
    arguments: [
      ("", ""),
      ("plain \u{E9}", "plain \u{E9}"),
      ("e\u{301}", "\u{E9}"),
      ("xe\u{301}y", "x\u{E9}y"),
      ("\u{212B}", "\u{C5}"),
      ("\u{2126}x", "\u{3A9}x"),
      ("\u{1E9B}\u{323}", "\u{1E9B}\u{323}"),
      ("q\u{307}\u{323}", "q\u{323}\u{307}"),
      ("s\u{307}\u{323}", "\u{1E69}"),
      ("\u{1E0B}\u{323}", "\u{1E0D}\u{307}"),
      ("a\u{31B}\u{323}\u{302}", "\u{1EAD}\u{31B}"),
      ("\u{1100}\u{1161}\u{11A8}", "\u{AC01}"),
      ("\u{AC00}\u{11A8}\u{11A8}", "\u{AC01}\u{11A8}"),
      ("\u{958}", "\u{915}\u{93C}"),
      ("\u{9C7}\u{9BE}\u{9C7}", "\u{9CB}\u{9C7}"),
      ("\u{1D15E}", "\u{1D157}\u{1D165}"),
      ("\u{344}", "\u{308}\u{301}"),
      ("\u{301}e\u{301}", "\u{301}\u{E9}"),
      ("\u{2F800}", "\u{4E3D}"),
    ])
  func normalForm(text: String, wanted: String) {
    #expect(normalize(Array(text.utf8)) == Array(wanted.utf8))
    #expect(normalize(Array(wanted.utf8)) == Array(wanted.utf8))
  }

  @Test("many marks are ordered in time")
  func manyMarks() {
    let marks = (0..<5000).map { $0 % 2 == 0 ? "\u{301}" : "\u{323}" }.joined()
    let wanted =
      "\u{1EB9}\u{301}" + String(repeating: "\u{323}", count: 2499)
      + String(repeating: "\u{301}", count: 2499)
    let found = normalize(Array(("e" + marks).utf8))
    #expect(found.count == wanted.utf8.count)
    #expect(normalize(found) == found)
  }

  private func normalize(_ bytes: [UInt8]) -> [UInt8] {
    let normalizer = CanonicalNormalizer.reference
    guard let first = normalizer.firstDoubtful(in: bytes.span) else { return bytes }
    var result: [UInt8] = []
    normalizer.append(bytes.span, firstDoubtful: first, to: &result)
    return result
  }
}
