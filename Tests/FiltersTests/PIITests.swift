import Declarations
import Documents
import Filters
import Foundation
import Testing

/// `replace-emails` and `replace-ip-addresses`.
@Suite struct PIITests {
  private struct Row: Decodable {
    var text: String
    var expected: String
  }

  private static let both = ["replace-emails", "replace-ip-addresses"].map { FilterStep(rule: $0) }

  /// datatrove's PIIFormatter wrote the fixture.
  @Test func replacesWhatDatatroveReplaces() throws {
    let rows = try Golden.read("pii.jsonl", as: Row.self)
    #expect(rows.count { $0.text != $0.expected } > 100)
    let outcomes = try Filtering.run(Self.both, on: rows.map(\.text))
    for (row, outcome) in zip(rows, outcomes) {
      #expect(outcome.text == row.expected, "\(row.text.debugDescription)")
      // The edits lead from the text that was read to this one.
      #expect(outcome.retraced == outcome.text)
    }
    // What has been replaced stays; but a replacement beside other digits may be a new address.
    let again = try Filtering.run([Self.both[0]], on: ["a@b.c, d@e.f"].map { $0 })
    #expect(
      try Filtering.run([Self.both[0]], on: again.map(\.text)).map(\.text) == again.map(\.text))
  }

  /// White space, blank lines and line ends of any kind stay.
  @Test func theRestStays() throws {
    let text = "  \t a@b.co\r\n\r\n\u{2028} x \n"
    let outcome = try Filtering.run(Self.both, on: [text, "", "none"])
    #expect(outcome[0].text == "  \t email@example.com\r\n\r\n\u{2028} x \n")
    #expect(outcome[1].text.isEmpty && outcome[2].text == "none")
  }

  @Test func privateAddressesGoWhereTheyAreWanted() throws {
    let step = FilterStep(
      rule: "replace-ip-addresses",
      parameters: ["public_only": .boolean(false), "replacements": .texts(["IP"])])
    let outcome = try Filtering.run([step], on: ["10.0.0.1 8.8.8.8 01.2.3.4"])
    #expect(outcome[0].text == "IP IP 01.2.3.4")
  }

  @Test func countsWhatItReplaces() throws {
    var runner = try FilterChain(Self.both).makeRunner()
    var batch = Filtering.batch(of: ["a@b.co 8.8.8.8", "x", "1.1.1.1 9.9.9.9"])
    runner.apply(to: &batch)
    #expect(runner.counts.map(\.editedLines) == [1, 3, 0])
    let before = 14 + 1 + 15
    #expect(runner.trimmedBytes == Int64(before - batch.text.count))
  }
}
