import Bytes
import Declarations
import MixtureFiles
import Readers

/// Mixture files.
struct MixtureFileTarget: FuzzTarget {
  static let name = "mixture-file"

  private let vocabulary = MixtureVocabulary(
    formats: RecordFormats.all.map {
      FormatVocabulary($0.declaration, acceptsText: $0.acceptsText)
    }, tokenizers: ["gpt2", "p50k"], filters: ["c4"],
    deduplications: [
      ComponentDeclaration(
        name: "exact", summary: "e",
        parameters: [.choice("keep", standard: KeepRule.first, "k")])
    ])

  func run(_ bytes: [UInt8]) {
    YAMLReading.check { () throws(CuveeError) in
      _ = try MixtureFile.parse(bytes: bytes, displayPath: "fuzz.yaml", vocabulary: vocabulary)
    }
  }
}
