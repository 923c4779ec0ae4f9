import Bytes
import MixtureFiles
import Readers

/// Mixture files.
struct MixtureFileTarget: FuzzTarget {
  static let name = "mixture-file"

  private let vocabulary = MixtureVocabulary(
    formats: RecordFormats.all.map { format in
      FormatVocabulary(
        name: format.name,
        options: format.options.map { ($0.name, FormatVocabulary.OptionKind.integer, $0.summary) },
        acceptsText: format.acceptsText)
    }, tokenizers: ["gpt2", "p50k"], filters: ["c4"])

  func run(_ bytes: [UInt8]) {
    YAMLReading.check { () throws(CuveeError) in
      _ = try MixtureFile.parse(bytes: bytes, displayPath: "fuzz.yaml", vocabulary: vocabulary)
    }
  }
}
