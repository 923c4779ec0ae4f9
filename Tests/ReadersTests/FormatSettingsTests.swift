import Bytes
import Readers
import Testing

@Suite("Settings of formats")
struct FormatSettingsTests {
  @Test(arguments: [
    ("jsonl", ReaderSettings(text: "{a"), "text: the brace at byte 1 is not closed; {{ is a brace"),
    (
      "jsonl", ReaderSettings(text: "a}"), "text: the brace at byte 2 closes nothing; }} is a brace"
    ),
    (
      "jsonl", ReaderSettings(text: "{}"),
      "text: {} is not the name of a field; write {name} or {outer.inner}"
    ),
    (
      "jsonl", ReaderSettings(text: "{a..b}"),
      "text: {a..b} is not the name of a field; write {name} or {outer.inner}"
    ),
    (
      "jsonl", ReaderSettings(id: "{a{b}"),
      "id: {a{b} is not the name of a field; write {name} or {outer.inner}"
    ),
    (
      "jsonl", ReaderSettings(text: "abc"),
      "text: the template \"abc\" names no field, as {text} does"
    ),
    (
      "jsonl", ReaderSettings(options: ["x": .integer(1)]),
      "x: the format jsonl has no such option; it has none"
    ),
    (
      "flan-cot", ReaderSettings(text: "{prompt}"),
      "text: there is no field {prompt}; this format has {question}, {answer}, {rationale}"
    ),
    (
      "natural-instructions", ReaderSettings(options: ["example": .integer(1)]),
      "example: the format natural-instructions has no such option; "
        + "it has examples, max_documents_per_file"
    ),
    (
      "natural-instructions", ReaderSettings(options: ["examples": .string("1")]),
      "examples: a value of kind integer is wanted here"
    ),
    (
      "natural-instructions", ReaderSettings(options: ["examples": .integer(-1)]),
      "examples: -1 is less than 0"
    ),
    (
      "natural-instructions", ReaderSettings(options: ["max_documents_per_file": .integer(0)]),
      "max_documents_per_file: 0 is less than 1"
    ),
    (
      "text", ReaderSettings(text: "{a}"),
      "text: the format text has no template; remove the key"
    ),
    (
      "lines", ReaderSettings(id: "{a}"),
      "id: the format lines has no template; remove the key"
    ),
  ])
  func mistakes(format: String, settings: ReaderSettings, message: String) throws {
    let type = try #require(RecordFormats.named(format))
    #expect(throws: CuveeError.badData(message)) { _ = try type.init(settings: settings) }
  }
}
