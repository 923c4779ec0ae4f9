import Bytes
import Declarations

/// One step of a filter: a rule with its parameters.
public struct FilterStep: Sendable {
  /// The name of the rule.
  public var rule: String
  /// The name that what it does is counted under; the rule's own, with `_` for `-`, where nil.
  public var reason: String?
  /// The parameters that are given.
  public var parameters: [String: ParameterValue]
  /// The files that they name.
  public var resources = RuleResources()

  /// Creates a step.
  public init(rule: String, reason: String? = nil, parameters: [String: ParameterValue] = [:]) {
    self.rule = rule
    self.reason = reason
    self.parameters = parameters
  }

  /// Creates the step's rule.
  ///
  /// - Returns: The rule.
  /// - Throws: `badData`, without a place, where there is no such rule or its parameters do not go.
  public func makeRule() throws(CuveeError) -> any FilterRule {
    try type().init(parameters: values(), resources: resources)
  }

  /// The values of all parameters of the rule.
  ///
  /// - Throws: As `makeRule` does.
  public func values() throws(CuveeError) -> Parameters {
    try Parameters(parameters, for: type().declaration)
  }

  private func type() throws(CuveeError) -> any FilterRule.Type {
    guard let type = Rules.named(rule) else { throw .badData("unknown rule \"\(rule)\"") }
    return type
  }

  /// The step's reason.
  public var named: FilterReason {
    let name = reason ?? String(decoding: rule.utf8.map { $0 == 0x2D ? 0x5F : $0 }, as: UTF8.self)
    return FilterReason(name: name, rule: rule)
  }
}
