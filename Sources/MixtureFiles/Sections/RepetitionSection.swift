import Declarations

/// The section `repetition`.
enum RepetitionSection {
  static let maxEpochs = Key.optional(
    "max_epochs", .integer(1...1_000_000),
    "how many times a source may be read in all, over all phases", absent: "1")
  static let whenExhausted = Key.choice(
    "when_exhausted", standard: WhenExhausted.fail,
    "what happens when a source cannot supply its share")

  static let description = SectionDescription(
    name: "repetition", summary: "How often the documents of a source may appear.",
    keys: [maxEpochs.description, whenExhausted.description])

  static let syntax = ValueSyntax<Repetition>(form: .section(description)) { node, name, reading in
    guard let entries = reading.entries(of: node, description, as: name) else { return nil }
    var repetition = Repetition()
    if let epochs = reading.value(maxEpochs, in: entries) { repetition.maxEpochs = Int(epochs) }
    if let exhausted = reading.value(whenExhausted, in: entries) {
      repetition.whenExhausted = exhausted
    }
    return repetition
  }
}
