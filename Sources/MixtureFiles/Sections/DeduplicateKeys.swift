import Declarations
import Yams

/// What a deduplication compares and keeps: the keys that `deduplicate` has across sources and as a
/// step. Each kind of deduplication is a key with the value `true`; its parameters stand beside it.
struct DeduplicateKeys {
  private static let unsupported = [
    notYet("near", "keep one of the documents that are nearly equal"),
    notYet("spans", "keep the first of the spans of text that are equal"),
  ]

  /// A deduplication within a source.
  static let stepDescription = SectionDescription(
    name: "step.deduplicate",
    summary: "A deduplication within a source, of one kind. Documents come in the order of their "
      + "files and records.",
    keys: [], more: .deduplications)

  static let syntax = ValueSyntax<Deduplication>(form: .section(stepDescription)) {
    node, name, reading in
    let keys = DeduplicateKeys(reading.vocabulary)
    guard
      let entries = reading.entries(of: node, stepDescription, as: name, more: keys.descriptions)
    else { return nil }
    return keys.read(entries, &reading)
  }

  private let components: [ComponentDeclaration]
  private let kinds: [Key<Bool>]
  /// The parameters of all kinds, each name once.
  private let parameters: [Parameter]

  /// The keys of the deduplications that there are.
  init(_ vocabulary: MixtureVocabulary) {
    components = vocabulary.deduplications
    kinds = components.map {
      .optional($0.name, ValueSyntax.boolean, "keep one of the \($0.summary)", absent: "false")
    }
    var parameters: [Parameter] = []
    for parameter in components.flatMap(\.parameters)
    where !parameters.contains(where: { $0.name == parameter.name }) {
      parameters.append(parameter)
    }
    self.parameters = parameters
  }

  /// The rows of the tables.
  var descriptions: [KeyDescription] {
    kinds.map(\.description) + Self.unsupported.map(\.description)
      + parameters.map { Key.parameter($0).description }
  }

  /// What is asked for; an error where it is nothing, or several things.
  func read(_ entries: Entries, _ reading: inout Reading) -> Deduplication? {
    var wanted: [ComponentDeclaration] = []
    var isRead = true
    for (component, key) in zip(components, kinds) where entries.known[key.name] != nil {
      switch reading.value(key, in: entries) {
      case true: wanted.append(component)
      case false: break
      default: isRead = false
      }
    }
    if wanted.count > 1 {
      reading.report(entries.mark, "a deduplication has one kind; write each as one of its own")
    } else if wanted.isEmpty, isRead,
      !Self.unsupported.contains(where: { entries.known[$0.name] != nil })
    {
      reading.report(entries.mark, "this deduplication removes nothing; give it \"exact: true\"")
    }
    let values = reading.parameters(parameters, in: entries)
    guard let component = wanted.first else { return nil }
    for name in values.keys.sorted()
    where !component.parameters.contains(where: { $0.name == name }) {
      reading.report(entries.place(of: name), "\(component.name) has no parameter \"\(name)\"")
    }
    for parameter in component.parameters
    where parameter.isRequired && entries.known[parameter.name] == nil {
      reading.report(
        entries.mark, "\(component.name) needs \"\(parameter.name)\": \(parameter.summary)")
    }
    return Deduplication(kind: component.name, parameters: values)
  }

  /// A kind whose settings are not defined yet.
  private static func notYet(_ name: String, _ summary: String) -> Key<Void> {
    .optional(
      name, ValueSyntax<Void>(form: .undefined) { _, _, _ in () }, summary, absent: "false",
      supported: false)
  }
}
