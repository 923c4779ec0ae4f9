import Bytes
import Declarations

/// Drops documents by a metric: where it is above a limit or below one.
///
/// The keys besides `metric`, `above` and `below` are those of the metric. A document in which there
/// is nothing to measure, such as the mean length of no words, is kept.
struct DropIf: Rule {
  static let name = "drop_if"
  static let summary = "drops documents of which a metric is above or below a limit"
  static let parameters: [Parameter] = own + ofMetrics
  static let example = RuleExample(
    parameters: ["metric": .choice("mean_word_length"), "below": .number(3)],
    before: "a b c of it", after: nil)

  private static let own: [Parameter] = [
    Parameter(
      "metric", .choice(Metrics.all.map { Choice($0.name, $0.summary) }), "what is measured"),
    .optional("above", .number(0...Parameter.anyNumber), "drops where it is more than this"),
    .optional("below", .number(0...Parameter.anyNumber), "drops where it is less than this"),
  ]

  /// The parameters of all metrics, each once. Two metrics may share one where its kind is the same.
  private static let ofMetrics: [Parameter] = {
    var found: [Parameter] = []
    for metric in Metrics.all {
      for var parameter in metric.parameters
      where !found.contains(where: { $0.name == parameter.name }) {
        let users = Metrics.all.filter { $0.parameters.contains { $0.name == parameter.name } }
        parameter.standard = nil
        parameter.isRequired = false
        parameter.summary += " (\(users.map { "`\($0.name)`" }.joined(separator: ", ")))"
        found.append(parameter)
      }
    }
    return found
  }()

  private let metric: any Metric
  private let above: Double?
  private let below: Double?

  init(parameters: Parameters) throws(CuveeError) {
    let name = parameters.choiceName("metric")
    guard let type = Metrics.named(name) else {
      throw .badData("\(Self.name): there is no metric \(name)")
    }
    above = parameters.optionalNumber("above")
    below = parameters.optionalNumber("below")
    guard above != nil || below != nil else {
      throw .badData("\(Self.name): give `above`, `below` or both, or nothing is ever dropped")
    }
    if let above, let below, below > above {
      throw .badData(
        "\(Self.name): below \(below) and above \(above) drop every document; nothing lies between")
    }
    var given = parameters.values
    for parameter in Self.own { given[parameter.name] = nil }
    do throws(CuveeError) {
      metric = try type.init(parameters: Parameters(given, for: type.declaration))
    } catch {
      throw .badData("\(Self.name): \(error.message)")
    }
  }

  func fault(in document: inout DocumentView) -> Measure? {
    guard let value = metric.measure(&document) else { return nil }
    if let above, value > above { return Measure(value, against: above) }
    if let below, value < below { return Measure(value, against: below) }
    return nil
  }
}
