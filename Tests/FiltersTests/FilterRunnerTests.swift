import Declarations
import Bytes
import Documents
import Filters
import Testing

@Suite struct FilterRunnerTests {
  private func step(_ rule: String, _ minimum: Int) -> FilterStep {
    FilterStep(rule: rule, parameters: ["minimum": .integer(minimum)])
  }

  /// Every byte that goes in is kept, dropped with its document, cut with its line, or trimmed.
  @Test func accountsForEveryByte() throws {
    let pages = try Golden.read("c4.jsonl", as: Golden.Page.self).map(\.text)
    let chain = try FilterChain(Filtering.c4)
    var runner = chain.makeRunner()
    var bytes = 0
    var kept = 0
    for start in stride(from: 0, to: pages.count, by: 7) {
      var batch = Filtering.batch(of: Array(pages[start..<min(pages.count, start + 7)]))
      bytes += batch.text.count
      runner.apply(to: &batch)
      for index in 0..<batch.count where batch.verdicts[index] == .keep {
        kept += batch.textRange(index).count
      }
    }
    let dropped = runner.counts.reduce(0) { $0 + Int($1.documentBytes) }
    let cut = runner.counts.reduce(0) { $0 + Int($1.lineBytes) }
    #expect(bytes == kept + dropped + cut + Int(runner.trimmedBytes))
    #expect(dropped > 0 && cut > 0 && runner.trimmedBytes > 0)
  }

  @Test func reasonsBeginWhereTheCallerSays() throws {
    let chain = try FilterChain([step("minimum-sentences", 2), step("minimum-line-words", 2)])
    #expect(chain.reasons.map(\.name) == ["minimum_sentences", "minimum_line_words", "empty_text"])
    var runner = chain.makeRunner(firstReason: 7)
    var batch = Filtering.batch(of: ["One.", "One. Two.", "Zero.\nOne.", "Not\nenough."])
    batch.verdicts[1] = .drop(reason: 0)
    runner.apply(to: &batch)
    #expect(
      batch.verdicts == [
        .drop(reason: 7), .drop(reason: 0), .drop(reason: 9), .drop(reason: 9),
      ])
    #expect(runner.counts.map(\.documents) == [1, 0, 2])
  }

  /// Blank lines stay between lines and go at the ends, as Python's `join` and `strip` have it.
  @Test(arguments: [
    ("", nil), (" \n\n ", nil), ("a", "a"), ("\n\na\n\nb\n", "a\n\nb"),
    ("a\r\nb\u{2028}c", "a\nb\nc"),
    (" a \n\t b ", "a\nb"), ("[1] a\n[2] b [3]\n[4]", "a\n b"), ("[1]\na", "a"),
    ("a\n[1]\nb", "a\n\nb"),
  ])
  func joinsLines(text: String, joined: String?) throws {
    let outcome = try Filtering.run([FilterStep(rule: "remove-citations")], on: [text])[0]
    #expect(outcome.reason == (joined == nil ? "empty_text" : nil))
    #expect(outcome.text == joined ?? text)
    #expect(outcome.retraced == outcome.text)
  }

  /// A line that is rewritten twice, before and after its text is made anew, is traced all the same.
  @Test func tracesRepeatedRewriting() throws {
    let texts = ["[[1]1] a\nx [[2]] y\n[[3]4]", "no marks\n", "[[[1]2]3] z"]
    let marks = FilterStep(rule: "remove-citations")
    let long = FilterStep(rule: "maximum-characters")
    for steps in [[marks, marks], [marks, long, marks], [marks, marks, long, marks]] {
      let outcomes = try Filtering.run(steps, on: texts)
      for outcome in outcomes { #expect(outcome.retraced == outcome.text) }
      #expect(outcomes[0].text == "a\nx  y")
    }
  }
}
