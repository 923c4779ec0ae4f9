import Declarations
import Filters

/// The rules as `cuvee rules` shows them.
public struct RuleReference: Sendable, Codable {
  /// A parameter of a rule.
  public struct Parameter: Sendable, Codable {
    /// The key.
    public var name: String
    /// What its value looks like.
    public var form: String
    /// What it does.
    public var summary: String
    /// What holds where it is not given; nil where nothing does or it must be given.
    public var standard: String?
    /// Whether it must be given.
    public var isRequired: Bool

    init(_ parameter: Declarations.Parameter) {
      name = parameter.name
      form = parameter.kind.words
      summary = parameter.summary
      standard = parameter.standard?.words
      isRequired = parameter.isRequired
    }

    enum CodingKeys: String, CodingKey {
      case name, form, summary, standard
      case isRequired = "is_required"
    }
  }

  /// A text, and what the rule makes of it.
  public struct Example: Sendable, Codable {
    /// The step as a filter file has it, with the parameters of the example.
    public var step: String
    /// The text.
    public var before: String
    /// What is left of it; nil where the document is dropped.
    public var after: String?
  }

  /// The name.
  public var name: String
  /// What it works on: `documents`, `lines` or `text`.
  public var kind: String
  /// What it does.
  public var summary: String
  /// The parameters.
  public var parameters: [Parameter]
  /// An example.
  public var example: Example

  /// All rules, in the order of the reference.
  public static let all: [RuleReference] = Rules.all.map { rule in
    RuleReference(
      name: rule.name,
      kind: rule is any LineEditor.Type
        ? "lines" : rule is any DocumentRewriter.Type ? "text" : "documents",
      summary: rule.summary,
      parameters: rule.parameters.map { Parameter($0) },
      example: Example(
        step: step(of: rule), before: rule.example.before, after: rule.example.after))
  }

  /// `maximum-characters: { maximum: 3 }`, or the name alone where the example gives no parameter.
  private static func step(of rule: any FilterRule.Type) -> String {
    let given = rule.parameters.compactMap { parameter in
      rule.example.parameters[parameter.name].map { "\(parameter.name): \(yaml($0))" }
    }
    return given.isEmpty ? rule.name : "\(rule.name): { \(given.joined(separator: ", ")) }"
  }

  private static func yaml(_ value: ParameterValue) -> String {
    switch value {
    case .text(let text): text.debugDescription
    case .texts(let texts): "[\(texts.map(\.debugDescription).joined(separator: ", "))]"
    default: value.words
    }
  }
}
