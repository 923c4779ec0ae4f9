import Bytes
import MixtureFiles

/// What the tests of mixture files share.
enum MixtureFilesSamples {
  /// Names as the whole program hands them in.
  static let vocabulary = MixtureVocabulary(
    formats: [
      FormatVocabulary(name: "jsonl", options: [], acceptsText: true),
      FormatVocabulary(name: "flan-cot", options: [], acceptsText: true),
      FormatVocabulary(
        name: "natural-instructions",
        options: [
          (
            "examples", .integer,
            "how many positive examples of the task stand before each input; 0 by default"
          ),
          (
            "max_documents_per_file", .integer,
            "read at most the first so many instances of each task"
          ),
        ], acceptsText: true),
      FormatVocabulary(name: "text", options: [], acceptsText: false),
      FormatVocabulary(name: "lines", options: [], acceptsText: false),
    ],
    tokenizers: ["gpt2", "p50k"], filters: ["c4", "gopher-quality"])

  /// A vocabulary with options of every kind.
  static let everyKind = MixtureVocabulary(
    formats: [
      FormatVocabulary(
        name: "odd",
        options: [("word", .string, "w"), ("number", .integer, "n"), ("flag", .boolean, "f")],
        acceptsText: false)
    ], tokenizers: ["gpt2"], filters: [])

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
