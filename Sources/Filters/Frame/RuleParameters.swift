import Bytes

/// The values of a rule's parameters, each of the kind that the rule asks for.
public struct RuleParameters: Sendable {
  private var values: [String: ParameterValue] = [:]

  /// Takes given values, and the standard ones for the rest.
  ///
  /// - Throws: `badData`, without a place, where one is unknown, missing or of another kind.
  public init(_ given: [String: ParameterValue], for rule: any FilterRule.Type)
    throws(CuveeError)
  {
    for name in given.keys.sorted() where !rule.parameters.contains(where: { $0.name == name }) {
      throw .badData("\(rule.name): unknown parameter \"\(name)\"")
    }
    for parameter in rule.parameters {
      guard let value = given[parameter.name] ?? parameter.standard else {
        throw .badData("\(rule.name): missing parameter \"\(parameter.name)\"")
      }
      guard parameter.accepts(value) else {
        throw .badData("\(rule.name): \(parameter.name) cannot be \(value)")
      }
      values[parameter.name] = value
    }
  }

  /// The value of a whole number.
  public func integer(_ name: String) -> Int {
    if case .integer(let value)? = values[name] { return value }
    preconditionFailure("\(name) is not a parameter with a whole number")
  }

  /// The value of a number.
  public func number(_ name: String) -> Double {
    if case .number(let value)? = values[name] { return value }
    preconditionFailure("\(name) is not a parameter with a number")
  }

  /// The texts of a parameter, as UTF-8.
  public func texts(_ name: String) -> [[UInt8]] {
    if case .texts(let values)? = values[name] { return values.map { Array($0.utf8) } }
    preconditionFailure("\(name) is not a parameter with texts")
  }
}
