/// Follows the rows of a phase through its stretches of constant weights: each is measured from
/// its beginning, by the weights in force.
struct StretchRecount {
  private let stretches: [ManifestStretch]
  private let shares: [ManifestShare]
  private var current: PrefixRecount
  private var index = 0
  /// The greatest distance and bound of the stretches that are over, in rows.
  private var greatest = 0.0
  private var bound = 0.0
  private var isWithinBound = true
  private var exhaustedGave: String?

  init(_ stretches: [ManifestStretch], _ shares: [ManifestShare]) {
    self.stretches = stretches
    self.shares = shares
    current = Self.recount(stretches.first, shares)
  }

  /// Counts the next row; `source` is a place among the phase's sources.
  mutating func add(source: Int) {
    while index < stretches.count, current.rows == stretches[index].rows {
      close()
      index += 1
      current = Self.recount(index < stretches.count ? stretches[index] : nil, shares)
    }
    if index < stretches.count, stretches[index].exhausted.contains(shares[source].name) {
      exhaustedGave = shares[source].name
    }
    current.add(source: source)
  }

  /// Holds the stretches against the manifest.
  mutating func finish(
    _ phase: ManifestPhase, _ place: String, _ report: inout VerificationReport
  ) {
    let left = stretches.dropFirst(index + 1).reduce(UInt64(0)) { $0 &+ $1.rows }
    guard index < stretches.count, current.rows == stretches[index].rows, left == 0 else {
      report.add(place, "the rows of its stretches do not sum to \(phase.rows)")
      return
    }
    close()
    if let name = exhaustedGave {
      report.add(place, "source \(name) has rows in a stretch in which it is exhausted")
    }
    if abs(greatest - phase.greatestPrefixError) > 1e-9 {
      report.add(
        place, "greatest prefix error \(greatest), the manifest says \(phase.greatestPrefixError)")
    }
    if !isWithinBound { report.add(place, "greatest prefix error \(greatest) passes \(bound)") }
    if let stated = phase.prefixErrorBound, abs(stated - bound) > 1e-9 {
      report.add(place, "the bound of its prefix error is \(bound), not \(stated)")
    }
  }

  private mutating func close() {
    greatest = max(greatest, current.greatestInRows)
    bound = max(bound, current.bound)
    isWithinBound = isWithinBound && current.isWithinBound
  }

  private static func recount(
    _ stretch: ManifestStretch?, _ shares: [ManifestShare]
  ) -> PrefixRecount {
    let gone = Set(stretch?.exhausted ?? [])
    let numerators = shares.map { gone.contains($0.name) ? 0 : $0.weightNumerator }
    // The sum of weights is below 2^40; a damaged manifest's may not be.
    let sum = numerators.reduce(UInt64(0)) { $0 &+ $1 }
    return PrefixRecount(numerators: numerators, denominator: max(1, sum))
  }
}
