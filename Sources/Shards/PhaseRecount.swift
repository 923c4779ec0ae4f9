/// Counts a phase's rows by source and follows how far they are from the weights.
struct PhaseRecount {
  private let phase: ManifestPhase
  private let place: String
  /// For each source of the manifest, its place among the phase's.
  private let places: [Int?]
  /// The whole phase, by the weights that it asks for.
  private var order: PrefixRecount
  /// The stretches of constant weights, nil where the manifest does not have them.
  private var stretches: StretchRecount?
  private var checkpoints: ArraySlice<ManifestCheckpoint>
  /// False when rows are missing, so that nothing can be said about the whole phase.
  var isComplete = true

  init(_ phase: ManifestPhase, sources: [String]) {
    self.phase = phase
    place = "\(OutputLayout.manifest): phase \(phase.name)"
    let own = Dictionary(
      phase.sources.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    places = sources.map { own[$0] }
    order = PrefixRecount(
      numerators: phase.sources.map(\.weightNumerator),
      denominator: max(1, phase.sources.first?.weightDenominator ?? 1))
    checkpoints = phase.prefixCheckpoints[...]
    // Without a bound and stretches, an exhausted source's weight went to others: an output of
    // an earlier version does not say where.
    if let given = phase.stretches {
      stretches = StretchRecount(given, phase.sources)
    } else if phase.prefixErrorBound != nil {
      stretches = StretchRecount(
        [ManifestStretch(rows: phase.rows, exhausted: [])], phase.sources)
    }
  }

  /// Counts the rows of the next shard.
  mutating func add(
    _ sources: [UInt16], of shard: ManifestShard, _ report: inout VerificationReport
  ) {
    let before = order.counts
    for source in sources {
      guard Int(source) < places.count, let own = places[Int(source)] else {
        report.add(shard.content.file, "a row of source \(source), which the phase does not have")
        isComplete = false
        continue
      }
      order.add(source: own)
      stretches?.add(source: own)
      checkCheckpoints(&report)
    }
    let counts = zip(order.counts, before).map { $0 - $1 }
    if counts != shard.rowsBySource {
      report.add(
        shard.content.file, "rows by source \(counts), the manifest says \(shard.rowsBySource)")
    }
  }

  /// Holds the whole phase against the manifest.
  mutating func finish(_ report: inout VerificationReport) {
    guard isComplete else { return }
    for (share, rows) in zip(phase.sources, order.counts) where share.rows != rows {
      report.add(place, "source \(share.name) has \(rows) rows, the manifest says \(share.rows)")
    }
    if let checkpoint = checkpoints.first {
      report.add(place, "a checkpoint at row \(checkpoint.rows) is beyond the end or out of order")
    }
    if let stated = phase.greatestPhaseError, abs(order.greatestInRows - stated) > 1e-9 {
      report.add(
        place, "greatest phase error \(order.greatestInRows), the manifest says \(stated)")
    }
    stretches?.finish(phase, place, &report)
  }

  private mutating func checkCheckpoints(_ report: inout VerificationReport) {
    while let next = checkpoints.first, next.rows == order.rows {
      if isComplete, next.rowsBySource != order.counts {
        report.add(place, "the checkpoint at row \(next.rows) is not what the rows say")
      }
      checkpoints.removeFirst()
    }
  }
}
