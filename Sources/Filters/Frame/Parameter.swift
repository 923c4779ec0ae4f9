/// A parameter of a rule: one key of its entry in a filter file.
public struct Parameter: Sendable {
  /// What its value is.
  public enum Kind: Sendable, Equatable {
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

  /// The key: small letters, digits and `_`.
  public var name: String
  /// What its value is.
  public var kind: Kind
  /// What holds where it is not given; nil where it must be.
  public var standard: ParameterValue?
  /// What it does, as one line of the reference.
  public var summary: String

  /// Creates a parameter that may be left out, unless `standard` is nil.
  public init(
    _ name: String, _ kind: Kind, standard: ParameterValue? = nil, _ summary: String
  ) {
    self.name = name
    self.kind = kind
    self.standard = standard
    self.summary = summary
  }

  /// Whether a value is of the parameter's kind.
  func accepts(_ value: ParameterValue) -> Bool {
    switch (kind, value) {
    case (.integer(let range), .integer(let value)): range.contains(value)
    case (.number(let range), .number(let value)): range.contains(value)
    case (.boolean, .boolean), (.text, .text): true
    case (.texts, .texts(let texts)): !texts.isEmpty
    default: false
    }
  }
}
