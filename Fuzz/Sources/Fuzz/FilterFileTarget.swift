import Bytes
import MixtureFiles

/// Filter files, with rules that have parameters of every kind.
struct FilterFileTarget: FuzzTarget {
  static let name = "filter-file"

  private let vocabulary = FilterVocabulary(rules: [
    FilterVocabulary.Rule(name: "plain", parameters: []),
    FilterVocabulary.Rule(
      name: "full",
      parameters: [
        parameter("count", .integer(0...9)), parameter("ratio", .number(0...1)),
        parameter("flag", .boolean), parameter("word", .text), parameter("words", .texts),
      ]),
  ])

  private static func parameter(
    _ name: String, _ kind: FilterVocabulary.Kind
  ) -> FilterVocabulary.Parameter {
    FilterVocabulary.Parameter(
      name: name, kind: kind, isRequired: name == "words", summary: "a parameter")
  }

  func run(_ bytes: [UInt8]) {
    YAMLReading.check { () throws(CuveeError) in
      _ = try FilterFile.parse(bytes: bytes, displayPath: "fuzz.yaml", vocabulary: vocabulary)
    }
  }
}
