import Bytes

/// What all rules have: a name, parameters, and words for the reference.
///
/// A rule is one file in `Rules/`, one line in `Rules.all` and one test; it is a `Rule` or a
/// `LineEditor`. `Documentation/AddingAFilter.md` goes through it.
public protocol FilterRule: Sendable {
  /// The name in filter files: small letters, digits and `-`.
  static var name: String { get }
  /// What it does, as one line of the reference.
  static var summary: String { get }
  /// The version of what it does; a change makes what was done with it stale.
  static var version: Int { get }
  /// The parameters, in the order of the reference.
  static var parameters: [Parameter] { get }
  /// What it does to a text; shown by `cuvee rules`, and held true by a test.
  static var example: RuleExample { get }
  /// Creates the rule.
  ///
  /// - Throws: `badData`, without a place, where values that are each of their kind do not go.
  init(parameters: RuleParameters) throws(CuveeError)
}

extension FilterRule {
  /// The first version.
  public static var version: Int { 1 }
}

/// A text, and what a rule makes of it.
public struct RuleExample: Sendable {
  /// The parameters that are given.
  public var parameters: [String: ParameterValue]
  /// The text.
  public var before: String
  /// What is left of it; nil where the document is dropped.
  public var after: String?

  /// Creates an example.
  public init(
    parameters: [String: ParameterValue] = [:], before: String, after: String?
  ) {
    self.parameters = parameters
    self.before = before
    self.after = after
  }
}
