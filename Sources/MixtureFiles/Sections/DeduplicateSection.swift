import Yams

/// An entry of the list `deduplicate` of the file.
enum DeduplicateSection {
  static let sources = Key.required(
    "sources", ValueSyntax.text("the name of a source").list,
    "the sources whose documents are compared with each other")
  static let priority = Key.optional(
    "priority", ValueSyntax.text("the name of a source").list,
    "the same sources by priority: of equal documents, those from earlier sources come first",
    absent: "the order of `sources`")

  static let description = SectionDescription(
    name: "deduplicate",
    summary:
      "A deduplication across sources, of one kind, after all `steps`. Within a source, documents come in the "
      + "order of their files and records.",
    keys: [sources.description, priority.description], more: .deduplications)

  static let syntax = ValueSyntax<DeduplicateEntry>(form: .section(description)) {
    node, name, reading in
    let keys = DeduplicateKeys(reading.vocabulary)
    guard
      let entries = reading.entries(of: node, description, as: name, more: keys.descriptions)
    else { return nil }
    let deduplication = keys.read(entries, &reading)
    let sources = SourceList.read(sources, entries, &reading)
    let priority = SourceList.read(priority, entries, &reading)
    if let sources, let priority {
      let mark = entries.known[Self.priority.name]?.value.place ?? entries.mark
      SourceList.compare(sources, priority, mark, &reading)
    }
    return DeduplicateEntry(
      mark: entries.mark, sources: sources ?? [], priority: priority ?? sources ?? [],
      deduplication: deduplication)
  }
}
