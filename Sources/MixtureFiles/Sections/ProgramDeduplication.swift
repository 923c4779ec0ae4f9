/// The deduplication of a step over several sources.
enum ProgramDeduplication {
  private static let priority = Key.optional(
    "priority", ValueSyntax.text("the name of a source").list,
    "the step's sources in another order: of equal documents, the one of the first source comes "
      + "first", absent: "the order of `sources`")

  static let description = SectionDescription(
    name: "mixture.step.deduplicate",
    summary: "A deduplication across the step's sources, of one kind. Within a source, documents "
      + "come in the order of their files and records.",
    keys: [priority.description], more: .deduplications)

  /// What is compared and kept, and the order of the sources where it is given.
  struct Value {
    var deduplication: Deduplication?
    var priority: Marked<[String]>?
  }

  static let syntax = ValueSyntax<Value>(form: .section(description)) { node, name, reading in
    let keys = DeduplicateKeys(reading.vocabulary)
    guard
      let entries = reading.entries(of: node, description, as: name, more: keys.descriptions)
    else { return nil }
    let names = SourceList.read(priority, entries, &reading)
    return Value(
      deduplication: keys.read(entries, &reading),
      priority: names.map { Marked($0, entries.known[priority.name]?.value.place ?? entries.mark) })
  }
}
