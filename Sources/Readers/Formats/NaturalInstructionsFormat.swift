import Bytes
import Declarations
import Documents

/// Natural Instructions (Super-NaturalInstructions, versions 1 and 2): one task a file, one
/// document an instance.
///
/// A file is one JSON object. `Definition` is a string (version 1) or a list of strings
/// (version 2; several are joined by newlines), `Instances` a list of objects with `input`,
/// `output` (a string, or a list of accepted ones, of which the first is taken) and `id`;
/// `Positive Examples` a list of objects with `input` and `output`. Nothing is trimmed.
///
/// `text` is a template of `{definition}`, `{examples}`, `{input}`, `{output}` and `{id}`; where
/// none is given it is `"{definition}\n\n{examples}Input: {input}\nOutput: {output}"`. `id` is one
/// of the same fields; where none is given it is the instance's own id, or empty.
///
/// - `examples`: how many of the task's positive examples `{examples}` holds, from the first one
///   on, each as `"Input: {input}\nOutput: {output}\n\n"`; 0 where it is not given. A task with
///   fewer gives all that it has.
/// - `max_documents_per_file`: at most the first so many instances of a task are read.
///
/// A document's record ordinal is the instance's index, its byte offset that of the file's object.
/// A bad instance is one bad record; a file that is no such object is one bad record.
struct NaturalInstructionsFormat: RecordFormat {
  static let name = "natural-instructions"
  static let summary = "one task a file, one document an instance"
  static let acceptsText = true
  static let parameters = [
    Parameter(
      "examples", .integer(0...Int.max), standard: .integer(0),
      "how many positive examples of the task stand before each input; 0 by default"),
    Parameter.optional(
      "max_documents_per_file", .integer(1...Int.max),
      "read at most the first so many instances of each task"),
  ]

  static let fields = ["definition", "examples", "input", "output", "id"]
  static let defaultText = "{definition}\n\n{examples}Input: {input}\nOutput: {output}"

  let text: [TextTemplate.Slot]
  let id: [TextTemplate.Slot]
  let examples: Int
  let maximumDocuments: Int

  init(settings: ReaderSettings) throws(CuveeError) {
    try settings.check(for: NaturalInstructionsFormat.self)
    let fields = NaturalInstructionsFormat.fields
    text = try TextTemplate(
      settings.text ?? NaturalInstructionsFormat.defaultText, key: "text", fields: fields
    ).slots(fields)
    id = try TextTemplate(settings.id ?? "{id}", key: "id", fields: fields).slots(fields)
    let parameters = try settings.parameters(for: NaturalInstructionsFormat.self)
    examples = parameters.integer("examples")
    maximumDocuments = parameters.optionalInteger("max_documents_per_file") ?? Int.max
  }

  var framing: Framing { .wholeFile }

  func makeParser() -> any RecordParser { NaturalInstructionsParser(format: self) }
}
