import Declarations
import Yams

/// Reads the parameters of any component from its declaration: the same for rules, formats and
/// deduplications.
extension ValueSyntax where Value == ParameterValue {
  /// A value of a kind.
  ///
  /// - Parameters:
  ///   - kind: The kind.
  ///   - name: The parameter's name, for messages about choices.
  /// - Returns: The syntax.
  static func value(of kind: Parameter.Kind, _ name: String) -> ValueSyntax {
    switch kind {
    case .integer(let range):
      let bounds = UInt64(max(0, range.lowerBound))...UInt64(max(0, range.upperBound))
      return ValueSyntax<UInt64>.integer(bounds).map { .integer(Int($0)) }
    case .number(let range):
      return .scalar(.number(range), kind.words, quotable: false) { text in
        Double(text).flatMap { range.contains($0) ? .number($0) : nil }
      }
    case .boolean: return ValueSyntax<Bool>.boolean.map { .boolean($0) }
    case .text: return ValueSyntax<String>.text("a text").map { .text($0) }
    case .texts:
      return ValueSyntax<String>.text("a text").oneOrMore.map { .texts($0.map(\.value)) }
    case .choice(let choices):
      return ValueSyntax<String>.choice("value of \(name)", choices).map { .choice($0) }
    case .share: return ValueSyntax<DecimalShare>.shareOfAll.map { .share($0) }
    case .file: return FileSection.syntax.map { .file($0) }
    }
  }
}

extension Key where Value == ParameterValue {
  /// The key of a parameter.
  static func parameter(_ parameter: Parameter) -> Key {
    let syntax = ValueSyntax.value(of: parameter.kind, parameter.name)
    return parameter.isRequired
      ? .required(parameter.name, syntax, parameter.summary)
      : .optional(
        parameter.name, syntax, parameter.summary, absent: parameter.standard?.words ?? "")
  }
}

extension Reading {
  /// The values that the entries give of some parameters, by name.
  mutating func parameters(_ parameters: [Parameter], in entries: Entries) -> [String:
    ParameterValue]
  {
    var values: [String: ParameterValue] = [:]
    for parameter in parameters {
      values[parameter.name] = value(.parameter(parameter), in: entries)
    }
    return values
  }
}

extension Key where Value: ChoiceSet {
  /// A key whose value is one of an enumeration; the standard one where it is not given.
  ///
  /// - Parameters:
  ///   - name: The key.
  ///   - noun: What messages call a value; `value of NAME` where nil.
  ///   - standard: The value where the key is not given.
  ///   - summary: What it means.
  /// - Returns: The key.
  static func choice(
    _ name: String, noun: String? = nil, standard: Value, _ summary: String
  ) -> Key {
    .optional(
      name, ValueSyntax.choice(noun ?? "value of \(name)"), summary, absent: standard.rawValue)
  }
}

extension ValueSyntax where Value: ChoiceSet {
  /// One of an enumeration's values.
  static func choice(_ noun: String) -> ValueSyntax {
    ValueSyntax<String>.choice(noun, Value.choices).map { Value(rawValue: $0) }
  }
}
