/// The names that other targets know, handed in so that reading a mixture file needs none of them.
public struct MixtureVocabulary: Sendable {
  /// The formats that sources may have.
  public var formats: [FormatVocabulary]
  /// The registered names of tokenizers.
  public var tokenizers: [String]
  /// The names of the filters that come with Cuvee.
  public var filters: [String]

  /// Creates a vocabulary from its names.
  public init(formats: [FormatVocabulary], tokenizers: [String], filters: [String]) {
    self.formats = formats
    self.tokenizers = tokenizers
    self.filters = filters
  }
}

/// What a mixture file may say about a format.
public struct FormatVocabulary: Sendable {
  /// The kind of an option's value.
  public enum OptionKind: Sendable {
    /// A string.
    case string
    /// A whole number, zero or more.
    case integer
    /// `true` or `false`.
    case boolean
  }

  /// A key of a source that only this format knows.
  public struct Option: Sendable {
    /// The key.
    public var name: String
    /// The kind of its value.
    public var kind: OptionKind
    /// What it does, as one line of the reference.
    public var summary: String
  }

  /// The value of `format`.
  public var name: String
  /// The keys that only this format knows.
  public var options: [Option]
  /// Whether the templates `text` and `id` apply.
  public var acceptsText: Bool

  /// Creates the vocabulary of a format.
  public init(
    name: String, options: [(name: String, kind: OptionKind, summary: String)], acceptsText: Bool
  ) {
    self.name = name
    self.options = options.map { Option(name: $0.name, kind: $0.kind, summary: $0.summary) }
    self.acceptsText = acceptsText
  }
}
