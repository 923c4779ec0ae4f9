/// A key of a source in the mixture file that only one format knows.
public struct FormatOption: Sendable, Equatable {
  /// What the value of an option must be.
  public enum Kind: String, Sendable { case string, integer, boolean }

  /// The key.
  public var name: String
  /// What its value must be.
  public var kind: Kind
  /// What it does, in one line.
  public var summary: String

  /// Creates the description of an option.
  public init(name: String, kind: Kind, summary: String) {
    self.name = name
    self.kind = kind
    self.summary = summary
  }
}

/// The value of an option.
public enum FormatOptionValue: Sendable, Equatable, Codable {
  /// A text.
  case string(String)
  /// A whole number.
  case integer(Int)
  /// A truth value.
  case boolean(Bool)

  /// What the value is.
  public var kind: FormatOption.Kind {
    switch self {
    case .string: .string
    case .integer: .integer
    case .boolean: .boolean
    }
  }
}
