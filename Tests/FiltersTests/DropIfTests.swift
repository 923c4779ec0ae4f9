import Declarations
import Filters
import Testing

@Suite struct DropIfTests {
  private func step(_ parameters: [String: ParameterValue]) -> FilterStep {
    FilterStep(rule: "drop_if", reason: "r", parameters: parameters)
  }

  /// The limits themselves are kept.
  @Test func limits() throws {
    let between = step(["metric": .choice("words"), "above": .number(3), "below": .number(2)])
    let outcomes = try Filtering.run([between], on: ["a", "a b", "a b c", "a b c d", "", "é"])
    #expect(outcomes.map(\.reason) == ["r", nil, nil, "r", "r", "r"])
    #expect(outcomes[0].measure == Measure(1, against: 2))
    #expect(outcomes[3].measure == Measure(4, against: 3))
  }

  /// Rules in a row stop at the first that drops.
  @Test func theFirstReasonCounts() throws {
    let steps = ["words", "characters"].map {
      FilterStep(
        rule: "drop_if", reason: $0, parameters: ["metric": .choice($0), "above": .number(2)])
    }
    let outcomes = try Filtering.run(steps, on: ["a b c", "abc", "ab"])
    #expect(outcomes.map(\.reason) == ["words", "characters", nil])
  }

  @Test func parametersOfTheMetricAreTaken() throws {
    let hash = step(["metric": .choice("symbol_to_word_ratio"), "above": .number(0.5)])
    let star = step([
      "metric": .choice("symbol_to_word_ratio"), "symbols": .texts(["*"]), "above": .number(0.5),
    ])
    #expect(try Filtering.run([hash], on: ["a #", "# #", "* *"]).map(\.reason) == [nil, "r", nil])
    #expect(try Filtering.run([star], on: ["a *", "# #", "* *"]).map(\.reason) == [nil, nil, "r"])
  }

  private static let refused: [(parameters: [String: ParameterValue], message: String)] = [
    (["metric": .choice("words")], "give `above`, `below` or both"),
    (
      ["metric": .choice("words"), "above": .number(1), "below": .number(2)],
      "drop every document"
    ),
    (
      ["metric": .choice("words"), "above": .number(1), "n": .integer(3)],
      "words: unknown parameter \"n\"; it has symbol_words, word_splitting"
    ),
    (
      ["metric": .choice("top_ngram_characters"), "above": .number(1), "n": .integer(5)],
      "n must be 2 to 4, not 5"
    ),
    (
      ["metric": .choice("top_ngram_characters"), "above": .number(1)],
      "top_ngram_characters: missing parameter \"n\""
    ),
    (["metric": .choice("length"), "above": .number(1)], "metric cannot be length"),
    (["above": .number(1)], "missing parameter \"metric\""),
  ]

  @Test func refusesWhatDoesNotGo() throws {
    for (parameters, message) in Self.refused {
      let error = #expect(throws: (any Error).self) { try FilterChain([step(parameters)]) }
      #expect("\(try #require(error))".contains(message))
    }
  }
}
