/// A parameter of a component: one key of its entry in a file.
public struct Parameter: Sendable {
  /// What its value is.
  public enum Kind: Sendable, Equatable {
    /// A whole number in a range, zero or more.
    case integer(ClosedRange<Int>)
    /// A number in a range.
    case number(ClosedRange<Double>)
    /// `true` or `false`.
    case boolean
    /// A text.
    case text
    /// A text, or a list of them.
    case texts
    /// One of some names.
    case choice([Choice])
    /// A share of a whole, from 0 % to 100 %.
    case share
    /// A file by its path, or with the digest that it must have. What uses it is keyed by the digest.
    case file
  }

  /// The upper bound of numbers that have none.
  public static let anyNumber = Double.greatestFiniteMagnitude

  /// The key: small letters, digits and `_`.
  public var name: String
  /// What its value is.
  public var kind: Kind
  /// What holds where it is not given; nil where it must be, unless it may be absent.
  public var standard: ParameterValue?
  /// Whether it may be left out.
  public var isRequired: Bool
  /// What it does, as one line of the reference.
  public var summary: String

  /// Creates a parameter that may be left out, unless `standard` is nil.
  public init(
    _ name: String, _ kind: Kind, standard: ParameterValue? = nil, _ summary: String
  ) {
    self.name = name
    self.kind = kind
    self.standard = standard
    isRequired = standard == nil
    self.summary = summary
  }

  /// A parameter that may be left out and then has no value at all.
  public static func optional(_ name: String, _ kind: Kind, _ summary: String) -> Parameter {
    var parameter = Parameter(name, kind, summary)
    parameter.isRequired = false
    return parameter
  }

  /// A parameter whose value is one of an enumeration.
  public static func choice<Value: ChoiceSet>(
    _ name: String, standard: Value, _ summary: String
  ) -> Parameter {
    Parameter(
      name, .choice(Value.choices), standard: .choice(standard.rawValue), summary)
  }

  /// The value as the parameter has it; nil where it is not of its kind. A manifest's text may be a
  /// choice or a share.
  func accepted(_ value: ParameterValue) -> ParameterValue? {
    switch (kind, value) {
    case (.integer(let range), .integer(let number)): range.contains(number) ? value : nil
    case (.number(let range), .number(let number)): range.contains(number) ? value : nil
    case (.number(let range), .integer(let number)):
      range.contains(Double(number)) ? .number(Double(number)) : nil
    case (.boolean, .boolean), (.text, .text), (.file, .file): value
    case (.texts, .texts(let texts)): texts.isEmpty ? nil : value
    case (.choice(let choices), .choice(let name)), (.choice(let choices), .text(let name)):
      choices.contains { $0.name == name && $0.isSupported } ? .choice(name) : nil
    case (.share, .share(let share)): share.approximate <= 1 ? value : nil
    case (.share, .text(let text)):
      Share.parse(text).flatMap { $0.approximate <= 1 ? .share($0) : nil }
    default: nil
    }
  }
}

extension Parameter.Kind {
  /// The kind in words, for the reference and for messages.
  public var words: String {
    switch self {
    case .integer(let range):
      range.upperBound == .max
        ? "a whole number, \(range.lowerBound) or more"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(let range):
      range.upperBound == Parameter.anyNumber
        ? "a number, \(range.lowerBound) or more"
        : "a number from \(range.lowerBound) to \(range.upperBound)"
    case .boolean: "true or false"
    case .text: "a text"
    case .texts: "a text or a list of them"
    case .choice(let choices): "one of \(choices.map(\.name).joined(separator: ", "))"
    case .share: "a share from 0% to 100%"
    case .file: "the path of a file, or a mapping with `path` and `sha256`"
    }
  }
}
