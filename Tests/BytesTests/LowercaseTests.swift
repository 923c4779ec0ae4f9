import Bytes
import Testing

@Suite struct LowercaseTests {
  private func lowercased(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    Lowercase.python.append(bytes.span, to: &output)
    return output
  }

  /// From Python 3.11's `str.lower`.
  @Test(arguments: [
    ("ABC xyz", "abc xyz"),
    ("\u{C0}\u{C9}\u{CE}", "\u{E0}\u{E9}\u{EE}"),
    ("\u{130}stanbul", "i\u{307}stanbul"),
    ("\u{3A3}\u{391}\u{3A3}", "\u{3C3}\u{3B1}\u{3C2}"),
    ("\u{391}\u{3A3}.", "\u{3B1}\u{3C2}."),
    ("\u{391}\u{3A3}.\u{391}", "\u{3B1}\u{3C3}.\u{3B1}"),
    ("\u{3A3}", "\u{3C3}"),
    ("a\u{3A3}", "a\u{3C2}"),
    ("A\u{301}\u{3A3}\u{301} b", "a\u{301}\u{3C2}\u{301} b"),
    ("\u{2B0}\u{3A3}", "\u{2B0}\u{3C3}"),
    ("\u{1C5} \u{1C4} \u{1C6}", "\u{1C6} \u{1C6} \u{1C6}"),
    ("\u{2167} \u{24B6}", "\u{2177} \u{24D0}"),
    ("\u{1E9E}\u{DF}", "\u{DF}\u{DF}"),
    ("\u{AB70}\u{13A0}", "\u{AB70}\u{AB70}"),
    ("\u{10400}\u{10428}", "\u{10428}\u{10428}"),
    ("\u{1E9E}", "\u{DF}"),
    ("\u{1C90}\u{1C91}", "\u{10D0}\u{10D1}"),
    ("\u{3A9} \u{C5} K", "\u{3C9} \u{E5} k"),
    ("\u{4E2D}\u{6587} \u{D55C}\u{AD6D}", "\u{4E2D}\u{6587} \u{D55C}\u{AD6D}"),
    ("\u{23A} \u{2C7F}", "\u{2C65} \u{240}"),
    ("a\u{AD}\u{3A3}", "a\u{AD}\u{3C2}"),
    ("\u{3A3}\u{2019}s", "\u{3C3}\u{2019}s"),
    ("''\u{3A3}''", "''\u{3C3}''"),
    ("1\u{3A3}2", "1\u{3C3}2"),
    ("\u{3A3}\u{3A3}\u{3A3}", "\u{3C3}\u{3C3}\u{3C2}"),
  ])
  func isPythons(text: String, lower: String) {
    #expect(lowercased(text) == Array(lower.utf8))
  }

  /// Every code point after a letter and a capital sigma, and around one; the SHA-256 is that of
  /// Python 3.11's `str.lower` of the same text.
  @Test func everyCodePointIsPythons() {
    var text: [UInt8] = []
    for value in UInt32(0)..<0x110000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      text += [0x61] + bytes + [0xCE, 0xA3, 0x20] + bytes + [0xCE, 0xA3] + bytes + [0x62, 0x0A]
    }
    var lower: [UInt8] = []
    Lowercase.python.append(text.span, to: &lower)
    #expect(
      Digest.sha256(lower.span).hex
        == "45351bdf4e67670be1be5ff02959a75285a3f16ac35c422932b367dbd4e5b50a")
  }
}
