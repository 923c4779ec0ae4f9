import Bytes
import Declarations

/// The order of all rows of a mixture, phase after phase.
///
/// Every phase starts its order anew, so that each is a mixture to within the bound by itself.
/// The sources' rows go on: what one phase has used, the next does not give again before the
/// next epoch. A source is exhausted when it has given all rows of its last epoch.
///
/// With `renormalise`, the row that an exhausted source should give is the first of a new
/// stretch: the order starts anew with the weights of the sources that still have rows, in their
/// ratio, and the bound holds from there. When none is left, the phase ends.
public struct MixtureOrder: Sendable {
  private let supplies: [SourceSupply]
  private let phases: [PhaseDemand]
  private let whenExhausted: WhenExhausted
  private let names: [String]
  /// The rows that each source can give, and those that it has given.
  private let capacities: [Int]
  private var cursors: [Int]
  private var finished: [PhaseSummary] = []
  private var stretches: [Stretch] = []
  private var order: RowOrder
  private var followed: PrefixError
  /// The whole phase, by the weights that it asks for.
  private var phase: PrefixError
  private var rowsLeft: Int

  /// Makes the order, before its first row.
  ///
  /// - Parameters:
  ///   - supplies: What each source has to give.
  ///   - phases: What each phase asks, weights in the order of the supplies.
  ///   - maxEpochs: The passes over a source's documents that are allowed.
  ///   - whenExhausted: What happens when a source has no more rows.
  ///   - rowLength: The tokens of a row, for the messages; nil to estimate them.
  /// - Throws: `CuveeError.badData` when a source cannot supply its share and that is to fail:
  ///   one line for each such source.
  public init(
    supplies: [SourceSupply], phases: [PhaseDemand], maxEpochs: Int,
    whenExhausted: WhenExhausted, rowLength: Int? = nil
  ) throws(CuveeError) {
    precondition(
      phases.allSatisfy { $0.weights.count == supplies.count }, "every source has a weight")
    if whenExhausted == .fail {
      let shortages = MixtureOrder.shortages(
        supplies: supplies, phases: phases, maxEpochs: maxEpochs, rowLength: rowLength)
      guard shortages.isEmpty else {
        throw .badData(shortages.map(\.description).joined(separator: "\n"))
      }
    }
    self.supplies = supplies
    self.phases = phases
    self.whenExhausted = whenExhausted
    names = supplies.map(\.name)
    capacities = supplies.map { $0.rows(epochs: maxEpochs) }
    cursors = Array(repeating: 0, count: supplies.count)
    let weights = phases.first?.weights ?? Weights(numerators: [1])
    order = RowOrder(weights: weights, names: phases.isEmpty ? [""] : names)
    followed = PrefixError(weights: weights)
    phase = followed
    rowsLeft = phases.first?.rows ?? 0
  }

  /// The next row: its phase, its source, and the row of that source, which counts on over
  /// epochs (`sourceRow / rowsPerEpoch` is the epoch); nil at the end.
  public mutating func next() -> (phase: Int, source: Int, sourceRow: Int)? {
    while finished.count < phases.count {
      while rowsLeft > 0 {
        let source = order.next()
        let row = cursors[source]
        guard row < capacities[source] else {
          exhaust(source)
          continue
        }
        cursors[source] = row + 1
        rowsLeft -= 1
        followed.record(source)
        phase.record(source)
        return (finished.count, source, row)
      }
      if finished.count < phases.count { endPhase(by: nil) }
    }
    return nil
  }

  /// The account of the rows given so far.
  public var summary: MixtureSummary {
    var phaseSummaries = finished
    for phase in phases.dropFirst(finished.count) {
      let isCurrent = phaseSummaries.count == finished.count
      let stretches = isCurrent ? closedStretches : [Stretch(PrefixError(weights: phase.weights))]
      phaseSummaries.append(
        PhaseSummary(
          name: phase.name, stretches: stretches,
          greatestPhaseError: isCurrent ? self.phase.greatest : 0, endedBy: nil))
    }
    let sources = supplies.indices.map { source in
      let perEpoch = max(1, supplies[source].rowsPerEpoch)
      return SourceSummary(
        name: names[source], rows: cursors[source],
        epochs: cursors[source] / perEpoch + (cursors[source] % perEpoch > 0 ? 1 : 0))
    }
    return MixtureSummary(phases: phaseSummaries, sources: sources)
  }

  /// The account of the whole order, found by going through a copy of it to its end.
  public func summaryAtEnd() -> MixtureSummary {
    var copy = self
    while copy.next() != nil {}
    return copy.summary
  }

  private var closedStretches: [Stretch] {
    followed.rows > 0 || stretches.isEmpty ? stretches + [Stretch(followed)] : stretches
  }

  /// Handles a source that should give the next row and has none.
  private mutating func exhaust(_ source: Int) {
    guard whenExhausted == .renormalise else { return endPhase(by: source) }
    let numerators = supplies.indices.map { index in
      cursors[index] < capacities[index] ? followed.weights.numerators[index] : 0
    }
    guard numerators.contains(where: { $0 > 0 }) else { return endPhase(by: source) }
    stretches = closedStretches
    begin(Weights(numerators: numerators))
  }

  private mutating func endPhase(by source: Int?) {
    finished.append(
      PhaseSummary(
        name: phases[finished.count].name, stretches: closedStretches,
        greatestPhaseError: phase.greatest, endedBy: source))
    stretches = []
    guard finished.count < phases.count else {
      rowsLeft = 0
      return
    }
    rowsLeft = phases[finished.count].rows
    begin(phases[finished.count].weights)
    phase = followed
  }

  private mutating func begin(_ weights: Weights) {
    order = RowOrder(weights: weights, names: names)
    followed = PrefixError(weights: weights)
  }
}
