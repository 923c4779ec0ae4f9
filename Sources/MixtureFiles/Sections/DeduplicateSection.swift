import Yams

/// What a deduplication compares: the keys that `deduplicate` has across sources and as a step.
enum DeduplicateKinds {
  static let exact = Key.optional(
    "exact", ValueSyntax.boolean, "keep the first of the documents whose text is equal",
    absent: "false")
  static let near = unsupported("near", "keep one of the documents that are nearly equal")
  static let lines = unsupported("lines", "keep the first of the lines that are equal")
  static let spans = unsupported("spans", "keep the first of the spans of text that are equal")
  static let urls = unsupported("urls", "keep one of the documents of a URL")

  static let descriptions = [
    exact.description, near.description, lines.description, spans.description, urls.description,
  ]

  /// Whether equal texts are reduced; an error where nothing is asked for.
  static func readExact(_ entries: Entries, _ reading: inout Reading) -> Bool {
    let value = reading.value(exact, in: entries)
    let others = descriptions.dropFirst().contains { entries.known[$0.name] != nil }
    if value != true, !others, !(value == nil && entries.known[exact.name] != nil) {
      reading.report(entries.mark, "this deduplication removes nothing; give it \"exact: true\"")
    }
    return value ?? false
  }

  /// A kind whose settings are not defined yet.
  private static func unsupported(_ name: String, _ summary: String) -> Key<Void> {
    .optional(
      name, ValueSyntax<Void>(form: .undefined) { _, _, _ in () }, summary, absent: "false",
      supported: false)
  }
}

/// An entry of the list `deduplicate` of the file.
enum DeduplicateSection {
  static let sources = Key.required(
    "sources", ValueSyntax.text("the name of a source").list,
    "the sources whose documents are compared with each other")
  static let priority = Key.optional(
    "priority", ValueSyntax.text("the name of a source").list,
    "the same sources in another order: of equal documents, the one of the first source is kept",
    absent: "the order of `sources`")

  static let description = SectionDescription(
    name: "deduplicate",
    summary: "A deduplication across sources. Within a source, documents come in the order of "
      + "their files and records, and the first is kept.",
    keys: [sources.description, priority.description] + DeduplicateKinds.descriptions)

  static let syntax = ValueSyntax<DeduplicateEntry>(form: .section(description)) {
    node, name, reading in
    guard let entries = reading.entries(of: node, description, as: name) else { return nil }
    let exact = DeduplicateKinds.readExact(entries, &reading)
    let sources = names(sources, entries, &reading)
    let priority = names(priority, entries, &reading)
    if let sources, let priority { compare(sources, priority, entries, &reading) }
    return DeduplicateEntry(
      mark: entries.mark, sources: sources ?? [], priority: priority ?? sources ?? [],
      exact: exact)
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
