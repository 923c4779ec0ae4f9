import Bytes
import Declarations
import MixtureFiles

/// Filter files, with rules that have parameters of every kind.
struct FilterFileTarget: FuzzTarget {
  static let name = "filter-file"

  private let vocabulary = FilterVocabulary(rules: [
    ComponentDeclaration(name: "plain", summary: "p"),
    ComponentDeclaration(
      name: "full", summary: "f",
      parameters: [
        .optional("count", .integer(0...9), "c"), .optional("ratio", .number(0...1), "r"),
        .optional("flag", .boolean, "f"), .optional("word", .text, "w"),
        Parameter("words", .texts, "ws"), .optional("share", .share, "s"),
        .optional("list", .file, "l"), .choice("keep", standard: KeepRule.first, "k"),
      ]),
  ])

  func run(_ bytes: [UInt8]) {
    YAMLReading.check { () throws(CuveeError) in
      _ = try FilterFile.parse(bytes: bytes, displayPath: "fuzz.yaml", vocabulary: vocabulary)
    }
  }
}
