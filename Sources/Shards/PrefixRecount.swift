/// Measures how far the sources of a phase ever are from their weights, from the rows themselves.
///
/// Exact in 128 bits: with x rows of a source among n, and weight w/D, the distance is |x*D - n*w|
/// over D. Between its own rows a source only falls behind, so its extremes lie just before and
/// just after each of its rows, and at the end.
struct PrefixRecount {
  let numerators: [UInt64]
  let denominator: UInt64
  private(set) var counts: [UInt64]
  private(set) var rows: UInt64 = 0
  private var greatest: Int128 = 0

  /// - Precondition: There are as many numerators as sources; the denominator is not zero.
  init(numerators: [UInt64], denominator: UInt64) {
    self.numerators = numerators
    self.denominator = denominator
    counts = [UInt64](repeating: 0, count: numerators.count)
  }

  /// Counts the next row.
  mutating func add(source: Int) {
    greatest = max(greatest, -ahead(source))
    rows += 1
    counts[source] += 1
    greatest = max(greatest, ahead(source))
  }

  /// The greatest distance so far, in units of one row over the denominator.
  var greatestInUnits: Int128 {
    counts.indices.reduce(greatest) { max($0, -ahead($1)) }
  }

  /// The greatest distance so far, in rows.
  var greatestInRows: Double { Double(greatestInUnits) / Double(denominator) }

  /// The sources with a weight.
  var weighted: Int { numerators.count { $0 > 0 } }

  /// Whether the greatest distance is within Tijdeman's bound: 0 for one source, else 1 - 1/(2k-2).
  var isWithinBound: Bool {
    guard weighted > 1 else { return greatestInUnits == 0 }
    let k = Int128(weighted)
    return greatestInUnits * (2 * k - 2) <= Int128(denominator) * (2 * k - 3)
  }

  /// The bound in rows.
  var bound: Double { weighted > 1 ? 1 - 1 / Double(2 * weighted - 2) : 0 }

  private func ahead(_ source: Int) -> Int128 {
    Int128(counts[source]) * Int128(denominator) - Int128(rows) * Int128(numerators[source])
  }
}
