/// The rules that a filter file may name, handed in so that reading one needs no other target.
public struct FilterVocabulary: Sendable {
  /// What the value of a parameter is.
  public enum Kind: Sendable {
    /// A whole number in a range.
    case integer(ClosedRange<Int>)
    /// A number in a range.
    case number(ClosedRange<Double>)
    /// `true` or `false`.
    case boolean
    /// A text.
    case text
    /// A text, or a list of them.
    case texts
  }

  /// A parameter of a rule.
  public struct Parameter: Sendable {
    /// The key.
    public var name: String
    /// What its value is.
    public var kind: Kind
    /// Whether a step without it is an error.
    public var isRequired: Bool
    /// What it does, as one line.
    public var summary: String

    /// Creates a parameter.
    public init(name: String, kind: Kind, isRequired: Bool, summary: String) {
      self.name = name
      self.kind = kind
      self.isRequired = isRequired
      self.summary = summary
    }
  }

  /// A rule.
  public struct Rule: Sendable {
    /// The name.
    public var name: String
    /// The parameters.
    public var parameters: [Parameter]

    /// Creates a rule.
    public init(name: String, parameters: [Parameter]) {
      self.name = name
      self.parameters = parameters
    }
  }

  /// The rules.
  public var rules: [Rule]

  /// Creates a vocabulary.
  public init(rules: [Rule]) { self.rules = rules }
}
