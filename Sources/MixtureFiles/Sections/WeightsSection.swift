import Declarations
import Yams

/// The mapping `weights` of a phase.
enum WeightsSection {
  static let syntax = ValueSyntax<[PhaseWeight]>(form: .mapping(.share)) { node, name, reading in
    guard let pairs = reading.pairs(of: node, as: name) else { return nil }
    if pairs.isEmpty { reading.report(node.place, "weights is empty; name the sources") }
    var weights: [PhaseWeight] = []
    var shares: [(text: String, mark: Mark)] = []
    var complete = true
    for (key, keyMark, value) in pairs {
      let source = reading.sourceName(key, at: keyMark)
      let share = weight(value, of: key, &reading)
      guard let source, let share else {
        complete = false
        continue
      }
      weights.append(PhaseWeight(source: Marked(source, keyMark), weight: share))
      shares.append((value.scalar?.string ?? "", value.place))
    }
    if complete && !weights.isEmpty { check(weights, shares, node.place, &reading) }
    return weights
  }

  private static func weight(
    _ node: Node, of source: String, _ reading: inout Reading
  ) -> DecimalShare? {
    let name = "the weight of \"\(YAMLText.excerpt(source))\""
    if let text = node.scalar?.string, text.hasPrefix("-"),
      Share.parse(String(text.dropFirst())) != nil
    {
      reading.report(node.place, "\(name) is negative; the least weight is 0")
      return nil
    }
    return ValueSyntax.share.read(node, name, &reading)
  }

  /// The rules that hold for the weights of a phase together.
  private static func check(
    _ weights: [PhaseWeight], _ shares: [(text: String, mark: Mark)], _ mark: Mark,
    _ reading: inout Reading
  ) {
    let percentages = shares.filter { $0.text.hasSuffix("%") }
    let values = weights.map(\.weight)
    if values.allSatisfy(\.isZero) {
      reading.report(mark, "all weights are zero; give at least one source a weight")
      return
    }
    if !percentages.isEmpty, percentages.count < shares.count {
      let odd = shares.first { !$0.text.hasSuffix("%") && Share.parse($0.text)?.isZero == false }
      if let odd {
        reading.report(
          odd.mark,
          "\"\(odd.text)\" stands among percentages; write all weights of a phase as percentages, "
            + "or all as plain numbers")
        return
      }
    }
    if !percentages.isEmpty, let sum = DecimalShare.sumUnlessOne(values) {
      reading.report(mark, "the weights sum to \(sum), not to 100%")
    } else if !DecimalShare.areExact(values) {
      reading.report(mark, "these weights have too many digits to be exact; write fewer")
    }
  }
}
