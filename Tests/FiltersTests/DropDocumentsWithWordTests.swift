import Declarations
import Foundation
import Testing

@testable import Filters

@Suite struct DropDocumentsWithWordTests {
  private struct Row: Decodable {
    var text: String
    var boundaries: Bool
    var found: Bool
  }

  private static let words = [
    "spam", "two words", "x-ray", "(o)", "ß", "日本", "σας", "i\u{307}", "a", "b_c", "é", "9", "🖕",
  ]

  private func step(
    _ parameters: [String: ParameterValue], list: String? = nil
  ) -> FilterStep {
    var step = FilterStep(
      rule: "drop-documents-with-word", reason: "bad", parameters: parameters)
    if let list {
      step.parameters["list"] = .file(FileReference(path: "list.txt"))
      step.resources = RuleResources(["list": Array(list.utf8)])
    }
    return step
  }

  /// Python's `re` gave the fixture's answers, by C4's expression and mC4's.
  @Test(arguments: [true, false])
  func findsWhatTheExpressionsOfC4Find(boundaries: Bool) throws {
    let rows = try Golden.read("bad-words.jsonl", as: Row.self)
      .filter { $0.boundaries == boundaries && !$0.text.isEmpty }
    #expect(rows.count > 300 && Set(rows.map(\.found)).count == 2)
    let step = step([
      "words": .texts(Self.words), "boundaries": .choice(boundaries ? "words" : "none"),
    ])
    for (row, outcome) in zip(rows, try Filtering.run([step], on: rows.map(\.text))) {
      #expect((outcome.reason != nil) == row.found, "\(row.text.debugDescription)")
    }
  }

  @Test func saysWhatWasFound() throws {
    let chain = try FilterChain([
      step(["except": .texts(["wolf"]), "words": .texts(["bear"])], list: " fox \r\n\nwolf\nfox\n")
    ])
    var runner = chain.makeRunner()
    let recorder = Filtering.Recorder(reasons: chain.reasons.map(\.name))
    runner.observer = recorder
    var batch = Filtering.batch(of: ["a FOX.", "the bear and the fox", "a wolf", "foxes", "fox"])
    runner.apply(to: &batch)
    #expect(recorder.found == [0: "fox", 1: "bear", 4: "fox"])
    #expect(runner.counts[0].found == ["fox": 2, "bear": 1])
    #expect(runner.counts[0].documents == 3)
  }

  @Test func refusesWhatDoesNotGo() throws {
    for (step, message) in [
      (step([:]), "there is no word to look for"),
      (step(["except": .texts(["a"])], list: "a\n \n"), "there is no word to look for"),
      (step(["words": .texts([""])]), "a word must not be empty"),
      (step(["list": .file(FileReference(path: "x"))]), "the file x was not read"),
    ] {
      let error = #expect(throws: (any Error).self) { try FilterChain([step]) }
      #expect("\(try #require(error))".contains(message))
    }
    var broken = step([:], list: "")
    broken.resources = RuleResources(["list": [0x61, 0xFF]])
    let error = #expect(throws: (any Error).self) { try FilterChain([broken]) }
    #expect("\(try #require(error))".contains("list.txt is not UTF-8"))
  }
}
