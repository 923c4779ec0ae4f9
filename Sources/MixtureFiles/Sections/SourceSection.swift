import Bytes
import Declarations
import Yams

/// A source: an entry of the mapping `sources`.
enum SourceSection {
  static let paths = Key.required(
    "paths", ValueSyntax.text("a path or a pattern of paths").oneOrMore,
    "the input files; `*`, `?`, `[a-z]`, `{a,b}` and `**` match names. Relative to the mixture "
      + "file, or to `--data`")
  static let format = Key.required(
    "format", formatSyntax, "the format of the files; plain, gzip or zstd is found by itself")
  static let text = Key.optional(
    "text", template, "the template of a document's text, such as `\"{prompt}{completion}\"`",
    absent: "the format's own; jsonl: `\"{text}\"`")
  static let id = Key.optional(
    "id", template, "the template of a document's id, such as `\"{meta.id}\"`",
    absent: "the format's own")
  static let url = Key.optional(
    "url", template, "the template of a document's URL, for steps that look at URLs",
    absent: "`\"{url}\"` where a step asks for it")
  static let timestamp = Key.optional(
    "timestamp", template,
    "the template of a document's time, such as 2019-04-25T12:57:54Z, for steps that look at it",
    absent: "`\"{timestamp}\"` where a step asks for it")
  static let steps = Key.optional(
    "steps", StepSection.syntax.list, "what is done with the documents, in order")

  static let description = SectionDescription(
    name: "source",
    summary: "A corpus with its name, which also names a folder of the output.",
    keys: [
      paths.description, format.description, text.description, id.description, url.description,
      timestamp.description, steps.description,
    ],
    more: .formatParameters)

  /// The keys that only formats take that leave text and id to the mixture file.
  static let templates = [text.name, id.name, url.name, timestamp.name]

  /// A source of a name.
  static func read(
    _ node: Node, name: String, mark: Mark, _ reading: inout Reading
  ) -> Source? {
    let vocabulary = formatVocabulary(of: node, reading.vocabulary)
    // Where the format is unknown, no option is to blame.
    let options =
      vocabulary.map(\.component.parameters)
      ?? reading.vocabulary.formats.flatMap(\.component.parameters)
    let optionKeys = options.map { Key.parameter($0) }
    guard
      let entries = reading.entries(
        of: node, description, as: "source \"\(name)\"", more: optionKeys.map(\.description),
        refused: refusals(vocabulary, reading.vocabulary))
    else { return nil }
    if let vocabulary, !vocabulary.acceptsText {
      for key in templates where entries.known[key] != nil {
        reading.report(
          entries.place(of: key),
          "format \"\(vocabulary.name)\" makes its own text and id; remove \"\(key)\"")
      }
    }
    var values: [String: Marked<ParameterValue>] = [:]
    for key in optionKeys { values[key.name] = reading.marked(key, in: entries) }
    return Source(
      name: name, mark: mark,
      paths: reading.value(paths, in: entries) ?? [],
      format: reading.marked(format, in: entries) ?? Marked("", entries.mark),
      text: reading.marked(text, in: entries), id: reading.marked(id, in: entries),
      url: reading.marked(url, in: entries), timestamp: reading.marked(timestamp, in: entries),
      options: values,
      steps: reading.value(steps, in: entries) ?? [])
  }

  private static let formatSyntax = ValueSyntax<String>(form: .format) { node, name, reading in
    let text = ValueSyntax.text("the name of a format")
    guard let format = text.read(node, name, &reading) else { return nil }
    let known = reading.vocabulary.formats.map(\.name)
    if !known.contains(format) {
      let hint = NearestName.hint(for: format, among: known, noun: "formats")
      reading.report(node.place, "unknown format \"\(YAMLText.excerpt(format))\"\(hint)")
    }
    return format
  }

  private static let template = ValueSyntax<String>(form: .text("a template")) {
    node, name, reading in
    if case .mapping = node {
      reading.report(
        node.place, "\(name) must be a template in quotes, as in \(name): \"{prompt}{completion}\"")
      return nil
    }
    return ValueSyntax.text("a template").read(node, name, &reading)
  }

  /// The vocabulary of the format that a source names, where it is known.
  private static func formatVocabulary(
    of node: Node, _ vocabulary: MixtureVocabulary
  ) -> FormatVocabulary? {
    guard case .mapping(let mapping) = node,
      let value = mapping.first(where: { $0.key.scalar?.string == format.name })?.value,
      let name = value.scalar?.string
    else { return nil }
    return vocabulary.formats.first { $0.name == name }
  }

  /// The options that other formats have, with the message why not here.
  private static func refusals(
    _ format: FormatVocabulary?, _ vocabulary: MixtureVocabulary
  ) -> [String: String] {
    guard let format else { return [:] }
    var refusals: [String: String] = [:]
    for other in vocabulary.formats {
      for option in other.component.parameters where refusals[option.name] == nil {
        refusals[option.name] =
          "\"\(option.name)\" belongs to format \"\(other.name)\", not to \"\(format.name)\""
      }
    }
    return refusals
  }
}
