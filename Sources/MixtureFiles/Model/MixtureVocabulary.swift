import Declarations

/// The names that other targets know, handed in so that reading a mixture file needs none of them.
public struct MixtureVocabulary: Sendable {
  /// The formats that sources may have.
  public var formats: [FormatVocabulary]
  /// The registered names of tokenizers.
  public var tokenizers: [String]
  /// The names of the filters that come with Cuvee.
  public var filters: [String]
  /// The deduplications.
  public var deduplications: [ComponentDeclaration]

  /// Creates a vocabulary from its names.
  public init(
    formats: [FormatVocabulary], tokenizers: [String], filters: [String],
    deduplications: [ComponentDeclaration]
  ) {
    self.formats = formats
    self.tokenizers = tokenizers
    self.filters = filters
    self.deduplications = deduplications
  }
}

/// What a mixture file may say about a format: its parameters are keys of a source that only this
/// format knows.
public struct FormatVocabulary: Sendable {
  /// The declaration.
  public var component: ComponentDeclaration
  /// Whether the templates `text` and `id` apply.
  public var acceptsText: Bool

  /// The value of `format`.
  var name: String { component.name }

  /// Creates the vocabulary of a format.
  public init(_ component: ComponentDeclaration, acceptsText: Bool) {
    self.component = component
    self.acceptsText = acceptsText
  }
}
