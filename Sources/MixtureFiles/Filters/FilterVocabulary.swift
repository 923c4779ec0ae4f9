import Declarations

/// What a filter file may name, handed in so that reading one needs no other target.
public struct FilterVocabulary: Sendable {
  /// The rules.
  public var rules: [ComponentDeclaration]
  /// The deduplications.
  public var deduplications: [ComponentDeclaration]

  /// Creates a vocabulary.
  public init(rules: [ComponentDeclaration], deduplications: [ComponentDeclaration] = []) {
    self.rules = rules
    self.deduplications = deduplications
  }
}
