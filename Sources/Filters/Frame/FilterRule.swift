import Bytes
import Declarations

/// What all rules have besides their declaration: an example, and a way to make one.
///
/// A rule is one file in `Rules/`, one line in `Rules.all` and one test; it is a `Rule` or a
/// `LineEditor`. `Documentation/AddingAFilter.md` goes through it.
public protocol FilterRule: Component {
  /// What it does to a text; shown by `cuvee rules`, and held true by a test.
  static var example: RuleExample { get }
  /// Creates the rule.
  ///
  /// - Throws: `badData`, without a place, where values that are each of their kind do not go.
  init(parameters: Parameters) throws(CuveeError)
  /// Creates the rule with the files that its parameters name; most rules name none.
  ///
  /// - Throws: As above, and where a file is not what it should be.
  init(parameters: Parameters, resources: RuleResources) throws(CuveeError)
  /// What the rule looks for, where it drops documents for one of several things: a measure's `item`
  /// is an index in it, and reports count each.
  var items: [String] { get }
}

extension FilterRule {
  /// Creates the rule without files.
  public init(parameters: Parameters, resources: RuleResources) throws(CuveeError) {
    try self.init(parameters: parameters)
  }

  /// Most rules look for one thing.
  public var items: [String] { [] }
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
