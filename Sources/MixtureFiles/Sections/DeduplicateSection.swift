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
    summary: "A deduplication across sources, of one kind. Within a source, documents come in the "
      + "order of their files and records.",
    keys: [sources.description, priority.description], more: .deduplications)

  static let syntax = ValueSyntax<DeduplicateEntry>(form: .section(description)) {
    node, name, reading in
    let keys = DeduplicateKeys(reading.vocabulary)
    guard
      let entries = reading.entries(of: node, description, as: name, more: keys.descriptions)
    else { return nil }
    let deduplication = keys.read(entries, &reading)
    let sources = names(sources, entries, &reading)
    let priority = names(priority, entries, &reading)
    if let sources, let priority { compare(sources, priority, entries, &reading) }
    return DeduplicateEntry(
      mark: entries.mark, sources: sources ?? [], priority: priority ?? sources ?? [],
      deduplication: deduplication)
  }

  /// The names of a list: each is a source, and stands once.
  private static func names(
    _ key: Key<[Marked<String>]>, _ entries: Entries, _ reading: inout Reading
  ) -> [String]? {
    guard let names = reading.value(key, in: entries) else { return nil }
    var seen: Set<String> = []
    for name in names where reading.sourceName(name.value, at: name.mark) != nil {
      if !seen.insert(name.value).inserted {
        reading.report(name.mark, "source \"\(name.value)\" is listed twice in \(key.name)")
      }
    }
    return names.map(\.value)
  }

  private static func compare(
    _ sources: [String], _ priority: [String], _ entries: Entries, _ reading: inout Reading
  ) {
    let mark = entries.known[Self.priority.name]?.value.place ?? entries.mark
    let ranked = Set(priority)
    for name in sources where !ranked.contains(name) {
      reading.report(mark, "priority lacks source \"\(YAMLText.excerpt(name))\"")
    }
    let listed = Set(sources)
    for name in priority where !listed.contains(name) {
      let shown = YAMLText.excerpt(name)
      reading.report(mark, "priority has \"\(shown)\", which is not among the entry's sources")
    }
  }
}
