import Declarations
import Filters
import Foundation
import Testing

@Suite struct RulesTests {
  /// Each file in `Rules/` is one rule in the list, and its name is the rule's.
  @Test func filesAndListAgree() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Filters/Rules").standardized
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .map { String($0.dropLast(".swift".count)) }
    #expect(Set(files) == Set(Rules.all.map { "\($0)" }))
    #expect(Set(Rules.all.map { $0.name }).count == Rules.all.count)
    for rule in Rules.all {
      #expect("\(rule)".lowercased() == rule.name.filter { $0 != "-" && $0 != "_" })
      #expect(Rules.named(rule.name) == rule)
      let kinds = [
        rule is any Rule.Type, rule is any LineEditor.Type, rule is any DocumentRewriter.Type,
      ]
      #expect(kinds.count { $0 } == 1)
      #expect(!rule.summary.isEmpty && rule.summary.first?.isLowercase == true)
    }
    #expect(Rules.named("c5") == nil)
  }

  /// What the reference shows is what happens.
  @Test(arguments: Rules.all.map { $0.name })
  func exampleHolds(name: String) throws {
    let example = try #require(Rules.named(name)).example
    let step = FilterStep(rule: name, parameters: example.parameters)
    let outcome = try Filtering.run([step], on: [example.before])[0]
    #expect((outcome.reason == nil ? outcome.text : nil) == example.after)
    #expect(outcome.retraced == outcome.text)
  }

  @Test(arguments: [
    (FilterStep(rule: "c5"), "step 1: unknown rule \"c5\""),
    (
      FilterStep(rule: "minimum-sentences", parameters: ["least": .integer(3)]),
      "step 1: minimum-sentences: unknown parameter \"least\""
    ),
    (
      FilterStep(rule: "minimum-sentences", parameters: ["minimum": .text("3")]),
      "step 1: minimum-sentences: minimum cannot be 3; it must be a whole number, 0 or more"
    ),
    (
      FilterStep(rule: "cut-lines-with-phrase"),
      "step 1: cut-lines-with-phrase: missing parameter \"phrases\""
    ),
    (
      FilterStep(rule: "cut-lines-with-phrase", parameters: ["phrases": .texts(["Policy"])]),
      "step 1: cut-lines-with-phrase: the phrase \"Policy\" must be at least one character of "
        + "ASCII, in small letters"
    ),
  ])
  func refusesWhatDoesNotGo(step: FilterStep, message: String) throws {
    let error = #expect(throws: (any Error).self) { try FilterChain([step]) }
    #expect("\(try #require(error))".contains(message))
  }
}
