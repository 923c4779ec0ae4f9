import Declarations

/// A deduplication as a file asks for it: one of those of the vocabulary, with what is given of its
/// parameters.
public struct Deduplication: Sendable, Equatable {
  /// The name of the component.
  public var kind: String
  /// The parameters that are given.
  public var parameters: [String: ParameterValue]

  /// Creates a deduplication.
  public init(kind: String, parameters: [String: ParameterValue] = [:]) {
    self.kind = kind
    self.parameters = parameters
  }
}
