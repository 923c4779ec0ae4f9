import Bytes
import Yams

/// A filter file: its keys at the top, and its steps.
struct FilterSection {
  private static let name = Key.required("name", ValueSyntax<String>.name, "the name of the filter")
  private static let summary = Key.optional(
    "summary", ValueSyntax.text("a line of words"), "what the filter does, in a line")
  private static let reason = Key.optional(
    "reason", ValueSyntax<String>.name, "the name that what the step does is counted under",
    absent: "the rule's name, with `_` for `-`")

  private let rules: [FilterVocabulary.Rule]

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
  ) -> FilterVocabulary.Rule? {
    if let rule = rules.first(where: { $0.name == name }) { return rule }
    let hint = NearestName.hint(
      for: name, among: rules.map(\.name) + [Self.deduplicate], noun: "rules")
    reading.report(mark, "unknown rule \"\(YAMLText.excerpt(name))\"\(hint)")
    return nil
  }

  private func readParameters(
    of rule: FilterVocabulary.Rule, _ node: Node, _ reading: inout Reading
  ) -> FilterFileStep? {
    let keys = rule.parameters.map { parameter in
      let syntax = Self.syntax(of: parameter.kind)
      return parameter.isRequired
        ? Key.required(parameter.name, syntax, parameter.summary)
        : Key.optional(parameter.name, syntax, parameter.summary)
    }
    let section = SectionDescription(
      name: rule.name, summary: "", keys: keys.map(\.description) + [Self.reason.description])
    guard let entries = reading.entries(of: node, section, as: rule.name) else { return nil }
    var step = FilterFileRule(
      rule: rule.name, reason: reading.value(Self.reason, in: entries), parameters: [:])
    for key in keys { step.parameters[key.name] = reading.value(key, in: entries) }
    return .rule(step)
  }

  private static func syntax(of kind: FilterVocabulary.Kind) -> ValueSyntax<FilterParameterValue> {
    switch kind {
    case .integer(let range):
      let bounds = UInt64(max(0, range.lowerBound))...UInt64(max(0, range.upperBound))
      return ValueSyntax<UInt64>.integer(bounds).map { .integer(Int($0)) }
    case .number(let range):
      let words = "a number from \(range.lowerBound) to \(range.upperBound)"
      return .scalar(.text(words), words, quotable: false) { text in
        Double(text).flatMap { range.contains($0) ? .number($0) : nil }
      }
    case .boolean: return ValueSyntax<Bool>.boolean.map { .boolean($0) }
    case .text: return ValueSyntax.text("a text").map { .text($0) }
    case .texts: return ValueSyntax.text("a text").oneOrMore.map { .texts($0.map(\.value)) }
    }
  }
}
