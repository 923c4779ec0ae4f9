import Declarations
import Deduplication
import Filters
import MixtureFiles
import Readers
import Tokenizers

extension MixtureVocabulary {
  /// The names that this version knows: all formats, deduplications and registered tokenizers.
  ///
  /// - Parameter filters: The names of the filters that there are.
  /// - Returns: The names.
  public static func standard(filters: [String] = []) -> MixtureVocabulary {
    MixtureVocabulary(
      formats: RecordFormats.all.map {
        FormatVocabulary($0.declaration, acceptsText: $0.acceptsText)
      },
      tokenizers: TokenizerCatalogue.registered.map(\.name), filters: filters,
      deduplications: Barriers.all.map { $0.declaration })
  }
}

extension FilterVocabulary {
  /// The rules and deduplications that this version has.
  public static var standard: FilterVocabulary {
    FilterVocabulary(
      rules: Rules.all.map { $0.declaration }, deduplications: Barriers.all.map { $0.declaration })
  }
}
