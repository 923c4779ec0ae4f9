import Yams

/// An entry of a source's `steps`: the name of a filter, or a mapping with one key.
enum StepSection {
  static let filter = Key.optional(
    "filter", ValueSyntax.text("the name or the path of a filter file"),
    "a filter; its name alone says the same", supported: false)
  static let language = Key.optional(
    "language", ValueSyntax<Void>(form: .undefined) { _, _, _ in () },
    "a rule about the language of a document", supported: false)
  static let deduplicate = Key.optional(
    "deduplicate", deduplicateSyntax, "a deduplication within the source")

  static let description = SectionDescription(
    name: "step",
    summary: "A step of a source: the name of a filter, or a mapping with one of these keys.",
    keys: [filter.description, language.description, deduplicate.description])

  static let deduplicateDescription = SectionDescription(
    name: "step.deduplicate",
    summary: "A deduplication within a source. Documents come in the order of their files and "
      + "records, and the first is kept.",
    keys: DeduplicateKinds.descriptions)

  static let syntax = ValueSyntax<Step>(form: .either(.filterName, .section(description))) {
    node, name, reading in
    if case .scalar(let scalar) = node, !node.isNothing {
      reportFilter(scalar.string, node.place, &reading)
      return .filter(scalar.string)
    }
    guard let entries = reading.entries(of: node, description, as: name) else { return nil }
    if entries.known.count > 1 {
      reading.report(entries.mark, "a step has one key; write each as a step of its own")
    } else if case .mapping(let mapping) = node, mapping.isEmpty {
      reading.report(entries.mark, "a step needs a key: filter, language or deduplicate")
    }
    if let name = reading.value(filter, in: entries) { return .filter(name) }
    return reading.value(deduplicate, in: entries).map { .deduplicate($0) }
  }

  private static let deduplicateSyntax = ValueSyntax<DeduplicateStep>(
    form: .section(deduplicateDescription)
  ) { node, name, reading in
    guard let entries = reading.entries(of: node, deduplicateDescription, as: name) else {
      return nil
    }
    return DeduplicateStep(exact: DeduplicateKinds.readExact(entries, &reading))
  }

  /// Filters are not there yet; a name that none will have is told apart all the same.
  private static func reportFilter(_ name: String, _ mark: Mark, _ reading: inout Reading) {
    let known = reading.vocabulary.filters
    let shown = YAMLText.excerpt(name)
    if known.isEmpty || known.contains(name) || name.contains("/") || name.hasSuffix(".yaml") {
      reading.report(mark, "filter \"\(shown)\": filters are not supported yet; remove the step")
    } else {
      let hint = NearestName.hint(for: name, among: known, noun: "filters")
      reading.report(mark, "unknown filter \"\(shown)\"\(hint)")
    }
  }
}
