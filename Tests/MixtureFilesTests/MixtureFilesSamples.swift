import Bytes
import Declarations
import MixtureFiles

/// What the tests of mixture files share.
enum MixtureFilesSamples {
  /// Names as the whole program hands them in.
  static let vocabulary = MixtureVocabulary(
    formats: [
      FormatVocabulary(ComponentDeclaration(name: "jsonl", summary: "j"), acceptsText: true),
      FormatVocabulary(ComponentDeclaration(name: "flan-cot", summary: "c"), acceptsText: true),
      FormatVocabulary(
        ComponentDeclaration(
          name: "natural-instructions", summary: "n",
          parameters: [
            Parameter(
              "examples", .integer(0...Int.max), standard: .integer(0),
              "how many positive examples of the task stand before each input; 0 by default"),
            .optional(
              "max_documents_per_file", .integer(1...Int.max),
              "read at most the first so many instances of each task"),
          ]), acceptsText: true),
      FormatVocabulary(ComponentDeclaration(name: "text", summary: "t"), acceptsText: false),
      FormatVocabulary(ComponentDeclaration(name: "lines", summary: "l"), acceptsText: false),
    ],
    tokenizers: ["gpt2", "p50k"], filters: ["c4", "gopher-quality"], deduplications: deduplications)

  /// The deduplications of the whole program, as they declare themselves.
  static let deduplications = [
    ("exact", "documents whose text is equal"),
    (
      "lines", "lines that are equal in lower case, in one document or in several; blank lines stay"
    ),
    ("urls", "documents whose URL is the same but for scheme, `www.` and tracking"),
  ].map { name, summary in
    ComponentDeclaration(
      name: name, summary: summary,
      parameters: [.choice("keep", standard: KeepRule.first, "which of equals stays")])
  }

  /// A vocabulary with options of every kind.
  static let everyKind = MixtureVocabulary(
    formats: [
      FormatVocabulary(everyParameter, acceptsText: false)
    ], tokenizers: ["gpt2"], filters: [], deduplications: [])

  /// A component with a parameter of every kind.
  static let everyParameter = ComponentDeclaration(
    name: "odd", summary: "a component of every kind", version: 3,
    parameters: [
      .optional("word", .text, "w"),
      .optional("words", .texts, "ws"),
      Parameter("number", .integer(0...9), standard: .integer(1), "n"),
      .optional("ratio", .number(0...1), "r"),
      .optional("flag", .boolean, "f"),
      .choice("keep", standard: KeepRule.first, "k"),
      .optional("share", .share, "s"),
      .optional("list", .file, "l"),
    ])

  /// The smallest file: each test changes a part of it.
  static let minimal = """
    name: small
    tokenizer: gpt2
    sequence_length: 8
    sources:
      a: { paths: [a.jsonl], format: jsonl }
    phases:
      - { tokens: 1k, weights: { a: 100% } }

    """

  /// The file that a text describes.
  static func parse(
    _ text: String, vocabulary: MixtureVocabulary = vocabulary
  ) throws(CuveeError) -> MixtureFile {
    try MixtureFile.parse(bytes: Array(text.utf8), displayPath: "m.yaml", vocabulary: vocabulary)
  }

  /// The errors of a text: its lines without the path, as `line:column: message`.
  static func errors(
    _ text: String, vocabulary: MixtureVocabulary = vocabulary
  ) -> [String] {
    errors(bytes: Array(text.utf8), vocabulary: vocabulary)
  }

  /// The errors of the bytes of a file.
  static func errors(
    bytes: [UInt8], vocabulary: MixtureVocabulary = vocabulary
  ) -> [String] {
    do throws(CuveeError) {
      _ = try MixtureFile.parse(bytes: bytes, displayPath: "m.yaml", vocabulary: vocabulary)
      return []
    } catch {
      guard error.kind == .badData else { return ["kind \(error.kind)"] }
      let lines = ("error: " + error.message).split(separator: "\n")
      return lines.map { line in
        line.hasPrefix("error: m.yaml:") ? String(line.dropFirst(14)) : "without place: \(line)"
      }
    }
  }
}
