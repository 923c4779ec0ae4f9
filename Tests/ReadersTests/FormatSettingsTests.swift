import Bytes
import Declarations
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
      "jsonl: unknown parameter \"x\"; it has none"
    ),
    (
      "flan-cot", ReaderSettings(text: "{prompt}"),
      "text: there is no field {prompt}; this format has {question}, {answer}, {rationale}"
    ),
    (
      "natural-instructions", ReaderSettings(options: ["example": .integer(1)]),
      "natural-instructions: unknown parameter \"example\"; it has examples, "
        + "max_documents_per_file"
    ),
    (
      "natural-instructions", ReaderSettings(options: ["examples": .text("1")]),
      "natural-instructions: examples cannot be 1; it must be a whole number, 0 or more"
    ),
    (
      "natural-instructions", ReaderSettings(options: ["examples": .integer(-1)]),
      "natural-instructions: examples cannot be -1; it must be a whole number, 0 or more"
    ),
    (
      "natural-instructions", ReaderSettings(options: ["max_documents_per_file": .integer(0)]),
      "natural-instructions: max_documents_per_file cannot be 0; it must be a whole number, 1 or more"
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
