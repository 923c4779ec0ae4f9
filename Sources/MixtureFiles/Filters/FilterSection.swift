import Bytes
import Declarations
import Yams

/// A filter file: its keys at the top, and its steps.
struct FilterSection {
  private static let name = Key.required("name", ValueSyntax<String>.name, "the name of the filter")
  private static let summary = Key.optional(
    "summary", ValueSyntax.text("a line of words"), "what the filter does, in a line")
  private static let reason = Key.optional(
    "reason", ValueSyntax<String>.name, "the name that what the step does is counted under",
    absent: "the rule's name, with `_` for `-`")

  private let rules: [ComponentDeclaration]

  init(vocabulary: FilterVocabulary) { rules = vocabulary.rules }

  /// The whole file.
  func read(_ root: Node, displayPath: String, _ reading: inout Reading) -> FilterFile? {
    let step = ValueSyntax<FilterFileStep>(form: .undefined) { node, name, reading in
      readStep(node, name, &reading)
    }
    let steps = Key.required("steps", step.list, "the rules, in order")
    let description = SectionDescription(
      name: "filter", summary: "The keys at the top of a filter file.",
      keys: [Self.name.description, Self.summary.description, steps.description])
    guard let entries = reading.entries(of: root, description, as: "a filter file") else {
      return nil
    }
    return FilterFile(
      displayPath: displayPath, name: reading.value(Self.name, in: entries) ?? "",
      summary: reading.value(Self.summary, in: entries) ?? "",
      steps: reading.value(steps, in: entries) ?? [])
  }

  private static let deduplicate = "deduplicate"

  /// A step: the name of a rule, or a mapping with it as its one key; or a deduplication.
  private func readStep(
    _ node: Node, _ name: String, _ reading: inout Reading
  ) -> FilterFileStep? {
    if case .scalar(let scalar) = node, !node.isNothing {
      guard let rule = rule(scalar.string, node.place, &reading) else { return nil }
      for parameter in rule.parameters where parameter.isRequired {
        reading.report(
          node.place, "\(rule.name) needs \"\(parameter.name)\": \(parameter.summary)")
      }
      return .rule(FilterFileRule(rule: rule.name, reason: nil, parameters: [:]))
    }
    guard let pairs = reading.pairs(of: node, as: name) else { return nil }
    guard let (key, mark, value) = pairs.first, pairs.count == 1 else {
      reading.report(node.place, "a step is one rule; write each as a step of its own")
      return nil
    }
    if key == Self.deduplicate {
      return DeduplicateKeys.syntax.read(value, key, &reading).map { .deduplicate($0) }
    }
    guard let rule = rule(key, mark, &reading) else { return nil }
    return readParameters(of: rule, value, &reading)
  }

  private func rule(
    _ name: String, _ mark: Mark, _ reading: inout Reading
  ) -> ComponentDeclaration? {
    if let rule = rules.first(where: { $0.name == name }) { return rule }
    let hint = NearestName.hint(
      for: name, among: rules.map(\.name) + [Self.deduplicate], noun: "rules")
    reading.report(mark, "unknown rule \"\(YAMLText.excerpt(name))\"\(hint)")
    return nil
  }

  private func readParameters(
    of rule: ComponentDeclaration, _ node: Node, _ reading: inout Reading
  ) -> FilterFileStep? {
    let section = SectionDescription(
      name: rule.name, summary: "",
      keys: rule.parameters.map { Key.parameter($0).description } + [Self.reason.description])
    guard let entries = reading.entries(of: node, section, as: rule.name) else { return nil }
    return .rule(
      FilterFileRule(
        rule: rule.name, reason: reading.value(Self.reason, in: entries),
        parameters: reading.parameters(rule.parameters, in: entries)))
  }
}
