import Bytes
import Yams

/// An entry of a source's `steps`: the name of a filter, or a mapping with one key.
enum StepSection {
  static let filter = Key.optional(
    "filter", ValueSyntax.text("the name or the path of a filter file"),
    "a filter; its name alone says the same")
  static let language = Key.optional(
    "language", ValueSyntax<Void>(form: .undefined) { _, _, _ in () },
    "a rule about the language of a document", supported: false)
  static let deduplicate = Key.optional(
    "deduplicate", DeduplicateKeys.syntax, "a deduplication within the source")

  static let description = SectionDescription(
    name: "step",
    summary: "A step of a source: the name of a filter, or a mapping with one of these keys.",
    keys: [filter.description, language.description, deduplicate.description])

  static let syntax = ValueSyntax<Step>(form: .either(.filterName, .section(description))) {
    node, name, reading in
    if case .scalar(let scalar) = node, !node.isNothing {
      checkFilter(scalar.string, node.place, &reading)
      return .filter(scalar.string)
    }
    guard let entries = reading.entries(of: node, description, as: name) else { return nil }
    if entries.known.count > 1 {
      reading.report(entries.mark, "a step has one key; write each as a step of its own")
    } else if case .mapping(let mapping) = node, mapping.isEmpty {
      reading.report(entries.mark, "a step needs a key: filter, language or deduplicate")
    }
    if let name = reading.marked(filter, in: entries) {
      checkFilter(name.value, name.mark, &reading)
      return .filter(name.value)
    }
    return reading.value(deduplicate, in: entries).map { .deduplicate($0) }
  }

  /// A name that no filter has is an error here; whether a path leads to one is found out later.
  static func checkFilter(_ name: String, _ mark: Mark, _ reading: inout Reading) {
    let known = reading.vocabulary.filters
    if known.contains(name) || name.contains("/") || name.hasSuffix(".yaml") { return }
    let hint = NearestName.hint(for: name, among: known, noun: "filters")
    let none = known.isEmpty ? "; there is none where filters are looked for" : hint
    reading.report(mark, "unknown filter \"\(YAMLText.excerpt(name))\"\(none)")
  }
}
