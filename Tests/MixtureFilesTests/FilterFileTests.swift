import Bytes
import Declarations
import MixtureFiles
import Testing

@Suite struct FilterFileTests {
  private static let vocabulary = FilterVocabulary(
    rules: [
      ComponentDeclaration(name: "plain", summary: "p"),
      ComponentDeclaration(
        name: "full", summary: "f",
        parameters: [
          .optional("count", .integer(0...9), "c"),
          .optional("ratio", .number(0...1), "r"),
          .optional("flag", .boolean, "f"),
          .optional("word", .text, "w"),
          Parameter("words", .texts, "ws"),
        ]),
    ], deduplications: MixtureFilesSamples.deduplications)

  private func parse(_ text: String) throws(CuveeError) -> FilterFile {
    try FilterFile.parse(
      bytes: Array(text.utf8), displayPath: "f.yaml", vocabulary: Self.vocabulary)
  }

  @Test func readsEveryKindOfValue() throws {
    let file = try parse(
      """
      name: x
      summary: does things
      steps:
        - plain
        - plain: { reason: other_name }
        - full: { count: 3, ratio: 0.25, flag: true, word: "a b", words: one }
        - full:
            words: [one, "{"]
      """)
    #expect(file.name == "x" && file.summary == "does things")
    #expect(
      file.steps.map(\.value) == [
        .rule(FilterFileRule(rule: "plain", reason: nil, parameters: [:])),
        .rule(FilterFileRule(rule: "plain", reason: "other_name", parameters: [:])),
        .rule(
          FilterFileRule(
            rule: "full", reason: nil,
            parameters: [
              "count": .integer(3), "ratio": .number(0.25), "flag": .boolean(true),
              "word": .text("a b"), "words": .texts(["one"]),
            ])),
        .rule(
          FilterFileRule(rule: "full", reason: nil, parameters: ["words": .texts(["one", "{"])])),
      ])
    #expect(file.place(file.steps[1].mark) == "f.yaml:5:5")
  }

  @Test(arguments: [
    ("[plian]", "1:18: unknown rule \"plian\"; did you mean \"plain\"?"),
    ("[{ plian: {} }]", "1:20: unknown rule \"plian\"; did you mean \"plain\"?"),
    ("[full]", "1:18: full needs \"words\": ws"),
    ("[{ full: {} }]", "1:26: missing key \"words\": ws"),
    (
      "[{ full: { words: a, count: 10 } }]",
      "1:45: count must be a whole number from 0 to 9, not \"10\""
    ),
    (
      "[{ full: { words: a, ratio: 2 } }]",
      "1:45: ratio must be a number from 0.0 to 1.0, not \"2\""
    ),
    ("[{ full: { words: a, flag: yes } }]", "1:44: flag must be true or false, not \"yes\""),
    ("[{ full: { words: [] } }]", "1:35: words is an empty list"),
    (
      "[{ plain: { cuont: 1 } }]",
      "1:29: unknown key \"cuont\"; known keys: reason"
    ),
    (
      "[{ plain: {}, full: { words: a } }]",
      "1:18: a step is one rule; write each as a step of its own"
    ),
    ("[]", "1:17: steps is an empty list"),
    ("plain", "1:17: steps must be a list, not \"plain\""),
  ])
  func errors(steps: String, message: String) {
    let error = #expect(throws: CuveeError.self) { try parse("{name: x,steps: \(steps)}") }
    #expect(error?.message == "f.yaml:\(message)")
    #expect(error?.kind == .badData)
  }
}
