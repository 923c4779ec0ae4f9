import Declarations

/// A mapping of the grammar with the keys it may hold.
struct SectionDescription: Sendable {
  /// The section's name in the reference and in the schema.
  var name: String
  /// What the section is, as a paragraph of the reference.
  var summary: String
  /// The keys in the order of the reference.
  var keys: [KeyDescription]
  /// Keys that stand here too and come from the vocabulary.
  var more: VocabularyKeys?

  /// Keys that components declare.
  enum VocabularyKeys {
    /// The parameters of the source's format.
    case formatParameters
    /// The deduplications and their parameters.
    case deduplications
  }

  /// All keys but those that depend on the value of another.
  func keys(with vocabulary: MixtureVocabulary) -> [KeyDescription] {
    more == .deduplications ? keys + DeduplicateKeys(vocabulary).descriptions : keys
  }
}

/// A key of a section: its row of the reference and of the schema.
struct KeyDescription: Sendable {
  /// The key.
  var name: String
  /// What its value looks like.
  var form: ValueForm
  /// What it means, as one line of the reference.
  var summary: String
  /// Whether a section without it is an error.
  var isRequired: Bool
  /// What holds where it is not given, for the reference.
  var whenAbsent: String
  /// Whether this version can do it.
  var isSupported: Bool
}

/// A key with how its value is read.
struct Key<Value>: Sendable {
  /// The row of the tables.
  let description: KeyDescription
  /// How the value is read.
  let syntax: ValueSyntax<Value>

  /// The key itself.
  var name: String { description.name }

  /// A key that must be given.
  static func required(_ name: String, _ syntax: ValueSyntax<Value>, _ summary: String) -> Key {
    Key(
      description: KeyDescription(
        name: name, form: syntax.form, summary: summary, isRequired: true, whenAbsent: "",
        isSupported: true),
      syntax: syntax)
  }

  /// A key that may be left out.
  ///
  /// - Parameters:
  ///   - name: the key.
  ///   - syntax: what its value looks like and how it is read.
  ///   - summary: what it means.
  ///   - absent: what holds where it is not given.
  ///   - supported: whether this version can do it.
  /// - Returns: the key.
  static func optional(
    _ name: String, _ syntax: ValueSyntax<Value>, _ summary: String, absent: String = "",
    supported: Bool = true
  ) -> Key {
    Key(
      description: KeyDescription(
        name: name, form: syntax.form, summary: summary, isRequired: false, whenAbsent: absent,
        isSupported: supported),
      syntax: syntax)
  }
}
