import MixtureFiles
import Readers
import Tokenizers

extension MixtureVocabulary {
  /// The names that this version knows: all formats and registered tokenizers.
  ///
  /// - Parameter filters: The names of the filters that there are.
  /// - Returns: The names.
  public static func standard(filters: [String] = []) -> MixtureVocabulary {
    MixtureVocabulary(
      formats: RecordFormats.all.map { format in
        FormatVocabulary(
          name: format.name,
          options: format.options.map { option in
            (option.name, FormatVocabulary.OptionKind(option.kind), option.summary)
          },
          acceptsText: format.acceptsText)
      },
      tokenizers: TokenizerCatalogue.registered.map(\.name), filters: filters)
  }
}

extension FormatVocabulary.OptionKind {
  /// The same kind as a format declares it.
  init(_ kind: FormatOption.Kind) {
    switch kind {
    case .string: self = .string
    case .integer: self = .integer
    case .boolean: self = .boolean
    }
  }
}
