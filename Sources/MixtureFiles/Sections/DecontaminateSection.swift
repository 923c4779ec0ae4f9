/// The section `decontaminate`.
enum DecontaminateSection {
  static let against = Key.required(
    "against", ValueSyntax.text("a path or a pattern of paths").oneOrMore,
    "files whose texts must not be in the training data")
  static let ngram = Key.optional(
    "ngram", .integer(1...1000), "how many words in a row count as an overlap", absent: "13")

  static let description = SectionDescription(
    name: "decontaminate", summary: "Removal of documents that overlap with evaluation data.",
    keys: [against.description, ngram.description])

  /// Nothing is kept of it yet.
  static let syntax = ValueSyntax<Void>(form: .section(description)) { node, name, reading in
    guard let entries = reading.entries(of: node, description, as: name) else { return nil }
    _ = reading.value(against, in: entries)
    _ = reading.value(ngram, in: entries)
    return ()
  }
}
