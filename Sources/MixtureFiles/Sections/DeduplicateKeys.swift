import Yams

/// What a deduplication compares and keeps: the keys that `deduplicate` has across sources and as a
/// step.
enum DeduplicateKeys {
  private static let kinds: [(kind: Deduplication.Kind, key: Key<Bool>)] = [
    (.exact, kind("exact", "documents whose text is equal")),
    (
      .lines,
      kind(
        "lines",
        "lines that are equal in lower case, in one document or in several; blank lines stay")
    ),
    (.urls, kind("urls", "documents whose URL is the same but for scheme, `www.` and tracking")),
  ]
  private static let unsupported = [
    notYet("near", "keep one of the documents that are nearly equal"),
    notYet("spans", "keep the first of the spans of text that are equal"),
  ]
  private static let keep = Key.optional(
    "keep",
    ValueSyntax.choice(
      "value of keep",
      [
        Choice(name: "first", summary: "the first in the order of priority, files and records"),
        Choice(
          name: "newest",
          summary:
            "the one with the newest `timestamp`, compared as text; of equally old ones the first. "
            + "Times of forms that have no order end the run"),
        Choice(
          name: "url-md5",
          summary: "the one whose `url` has the smallest MD5, so that no site is favoured"),
      ]
    ).map { Deduplication.Keep(rawValue: $0) },
    "which of equals stays", absent: "first")

  static let descriptions =
    kinds.map(\.key.description) + unsupported.map(\.description) + [keep.description]

  /// A deduplication within a source.
  static let stepDescription = SectionDescription(
    name: "step.deduplicate",
    summary: "A deduplication within a source, of one kind. Documents come in the order of their "
      + "files and records.",
    keys: descriptions)

  static let syntax = ValueSyntax<Deduplication>(form: .section(stepDescription)) {
    node, name, reading in
    guard let entries = reading.entries(of: node, stepDescription, as: name) else { return nil }
    return read(entries, &reading)
  }

  /// What is asked for; an error where it is nothing, or several things.
  static func read(_ entries: Entries, _ reading: inout Reading) -> Deduplication? {
    var wanted: [Deduplication.Kind] = []
    var isRead = true
    for (kind, key) in kinds where entries.known[key.name] != nil {
      switch reading.value(key, in: entries) {
      case true: wanted.append(kind)
      case false: break
      default: isRead = false
      }
    }
    let keep = reading.value(keep, in: entries) ?? .first
    if wanted.count > 1 {
      reading.report(entries.mark, "a deduplication has one kind; write each as one of its own")
    } else if wanted.isEmpty, isRead,
      !unsupported.contains(where: { entries.known[$0.name] != nil })
    {
      reading.report(entries.mark, "this deduplication removes nothing; give it \"exact: true\"")
    }
    return wanted.first.map { Deduplication(kind: $0, keep: keep) }
  }

  private static func kind(_ name: String, _ summary: String) -> Key<Bool> {
    .optional(name, ValueSyntax.boolean, "keep one of the \(summary)", absent: "false")
  }

  /// A kind whose settings are not defined yet.
  private static func notYet(_ name: String, _ summary: String) -> Key<Void> {
    .optional(
      name, ValueSyntax<Void>(form: .undefined) { _, _, _ in () }, summary, absent: "false",
      supported: false)
  }
}
