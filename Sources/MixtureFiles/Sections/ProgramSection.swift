import Yams

/// An entry of the list `steps` at the top of the file.
enum ProgramSection {
  static let sources = Key.optional(
    "sources", ValueSyntax.text("the name of a source").list,
    "the sources that the step is about", absent: "all, in the order of the file")
  static let filter = Key.optional(
    "filter", ValueSyntax.text("the name or the path of a filter file"),
    "a filter, for each of the sources by itself")
  static let deduplicate = Key.optional(
    "deduplicate", ProgramDeduplication.syntax, "a deduplication of all of the sources together")
  /// Steps that are not defined yet.
  private static let unsupported = [
    notYet("language", "a rule about the language of a document"),
    notYet("score", "a number that a model gives each document"),
    notYet("decontaminate", "removal of evaluation data"),
  ]

  static let description = SectionDescription(
    name: "mixture.step",
    summary: "A step over several sources, after the steps of their own: one of the keys below "
      + "besides `sources`. The steps are done in the order in which they are written.",
    keys: [sources.description, filter.description, deduplicate.description]
      + unsupported.map(\.description))

  static let syntax = ValueSyntax<ProgramStep>(form: .section(description)) {
    node, name, reading in
    guard let entries = reading.entries(of: node, description, as: name) else { return nil }
    let operations = entries.known.keys.filter { $0 != sources.name }
    if operations.count > 1 {
      let keys = operations.sorted().joined(separator: ", ")
      reading.report(
        entries.mark, "a step does one thing; write each of \(keys) as a step of its own")
    } else if operations.isEmpty {
      reading.report(entries.mark, "a step needs one of the keys filter and deduplicate")
    }
    let isGiven = entries.known[sources.name] != nil
    let names = SourceList.read(sources, entries, &reading)
    let all = isGiven ? names ?? [] : reading.sourceNames ?? []
    var step = ProgramStep(mark: entries.mark, sources: all)
    if let filter = reading.marked(filter, in: entries) {
      StepSection.checkFilter(filter.value, filter.mark, &reading)
      step.operation = .filter(filter)
    }
    if let wanted = reading.value(deduplicate, in: entries) {
      step.operation = wanted.deduplication.map { .deduplicate($0) }
      if let priority = wanted.priority {
        if !isGiven || names != nil {
          SourceList.compare(all, priority.value, priority.mark, &reading)
        }
        step.sources = priority.value
      }
    }
    return step
  }

  private static func notYet(_ name: String, _ summary: String) -> Key<Void> {
    .optional(
      name, ValueSyntax<Void>(form: .undefined) { _, _, _ in () }, summary, supported: false)
  }
}
