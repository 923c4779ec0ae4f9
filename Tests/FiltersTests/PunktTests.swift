import Testing

@testable import Filters

@Suite struct PunktTests {
  private let punkt = PunktSentences()

  private func count(_ text: String) -> Int { punkt.count(Array(text.utf8).span) }

  /// NLTK's own counts.
  @Test func countsAsNLTK() throws {
    let rows = try Golden.read("punkt.jsonl", as: Golden.Sentences.self)
    #expect(rows.count == 700)
    for row in rows { #expect(count(row.text) == row.sentences, "\(row.text.debugDescription)") }
  }

  /// Where counting may end early it gives the same, up to the limit.
  @Test func aLimitCutsTheCountOff() throws {
    for row in try Golden.read("punkt.jsonl", as: Golden.Sentences.self) {
      let bytes = Array(row.text.utf8)
      for limit in [0, 1, 2, 3, 5, 100] {
        #expect(punkt.count(bytes.span, upTo: limit) == min(row.sentences, limit))
      }
    }
  }

  /// Sentences are what NLTK gives, with the closing marks that belong to them.
  @Test(arguments: [
    ("", []), (" \u{3000}", []), ("  One. Two.\n", ["  One.", "Two."]),
    (
      "(One.) \"Two?\" Three!)-- Four.\n\" )Five",
      ["(One.)", "\"Two?\"", "Three!)", "-- Four.\n\"", ")Five"]
    ),
    ("Dr. A. B. C. went.", ["Dr. A.", "B. C. went."]), ("One.)", ["One.)"]),
    ("One. \" ", ["One. \""]),
  ])
  func givesSentences(text: String, sentences: [String]) {
    let bytes = Array(text.utf8)
    var cursor = punkt.cursor(bytes.span)
    var found: [String] = []
    while let range = cursor.next(in: bytes.span) {
      found.append(String(decoding: bytes[range], as: UTF8.self))
    }
    #expect(found == sentences)
    #expect(cursor.next(in: bytes.span) == nil)
  }

  @Test(arguments: [
    ("", 0), (" \n\u{3000}", 0), ("a", 1), (".", 1), ("One. Two. Three.", 3),
    ("Dr. Smith met J. Aron. He left.", 2), ("(One.) Two.", 2), ("\"One.\" \"Two.\"", 2),
    ("No end", 1), ("What?! Really", 2), ("One.\u{A0}Two. Three.", 2), ("a.b.c. D", 2),
  ])
  func countsSentences(text: String, sentences: Int) {
    #expect(count(text) == sentences)
  }

  /// No text makes it read past its ends, and time grows with length alone.
  @Test(arguments: [". ", "a.", "?!", ".\" ", "a.\u{A0}", "\u{212A}.", "-- ", ". . . "])
  func takesLongRuns(piece: String) {
    #expect(count(String(repeating: piece, count: 20_000)) > 0)
  }
}
