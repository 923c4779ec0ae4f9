/// The value of a rule's parameter.
public enum ParameterValue: Sendable, Equatable {
  /// A whole number, zero or more.
  case integer(Int)
  /// A number.
  case number(Double)
  /// A truth value.
  case boolean(Bool)
  /// A text.
  case text(String)
  /// At least one text.
  case texts([String])
}
