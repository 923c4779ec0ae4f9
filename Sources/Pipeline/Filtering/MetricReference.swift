import Declarations
import Filters

/// The metrics as `cuvee rules drop_if` shows them.
public struct MetricReference: Sendable {
  /// The name.
  public var name: String
  /// What it measures.
  public var summary: String
  /// Its parameters.
  public var parameters: [RuleReference.Parameter]

  /// All metrics, in the order of the reference.
  public static let all: [MetricReference] = Metrics.declarations.map {
    MetricReference(
      name: $0.name, summary: $0.summary,
      parameters: $0.parameters.map { RuleReference.Parameter($0) })
  }
}
