/// One step of a filter: a rule with its parameters.
public struct FilterStep: Sendable {
  /// The name of the rule.
  public var rule: String
  /// The name that what it does is counted under; the rule's own, with `_` for `-`, where nil.
  public var reason: String?
  /// The parameters that are given.
  public var parameters: [String: ParameterValue]

  /// Creates a step.
  public init(rule: String, reason: String? = nil, parameters: [String: ParameterValue] = [:]) {
    self.rule = rule
    self.reason = reason
    self.parameters = parameters
  }
}
