import Filters
import Testing

/// C4's page and line rules against `clean_page` of TensorFlow Datasets.
@Suite struct C4Tests {
  @Test func cleansAsTensorFlowDatasets() throws {
    let pages = try Golden.read("c4.jsonl", as: Golden.Page.self)
    #expect(pages.count == 120)
    // All in one batch and each in its own must come to the same.
    let together = try Filtering.run(Filtering.c4, on: pages.map(\.text))
    for (page, outcome) in zip(pages, together) {
      let name = Comment(rawValue: page.text.debugDescription)
      #expect(outcome.reason == page.reason, name)
      if let clean = page.clean { #expect(outcome.text == clean, name) }
      #expect(outcome.lines == page.lines, name)
      if page.reason != nil { #expect(outcome.text == page.text, name) }
      #expect(outcome.retraced == outcome.text, name)
      #expect(try Filtering.run(Filtering.c4, on: [page.text]) == [outcome], name)
    }
  }

  @Test(arguments: [(190_000, nil), (190_001, "too_long")])
  func countsCharactersNotBytes(characters: Int, reason: String?) throws {
    let start = String(repeating: "This page has sentences of some length. ", count: 3)
    let letters = String(repeating: "\u{E9} ", count: (characters - start.count - 1) / 2)
    let rest = characters - start.utf8.count - letters.unicodeScalars.count
    let text = start + letters + String(repeating: ".", count: rest)
    #expect(try Filtering.run(Filtering.c4, on: [text])[0].reason == reason)
  }

  /// The drop at the earliest line counts, whichever rule it is of.
  @Test func theFirstLineThatDropsThePageDecides() throws {
    let brace = "This line has { a curly bracket in it."
    let lorem = "This line has lorem ipsum and more words."
    let outcomes = try Filtering.run(
      Filtering.c4, on: ["\(brace)\n\(lorem)", "\(lorem)\n\(brace)", "Short.\n\(brace)"])
    #expect(outcomes.map(\.reason) == ["squigglybracket", "loremipsum", "squigglybracket"])
    #expect(outcomes.map(\.lines) == [[], [], ["too_short"]])
  }
}
