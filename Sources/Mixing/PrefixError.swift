/// Follows an order of rows and finds how far any source was from its share after any prefix.
///
/// A source's distance |x - n*w| only has extremes just before and just after its own rows, and
/// at the end, so a row costs O(1). Exact: distances are integers over the weights' denominator.
public struct PrefixError: Sendable {
  /// The weights that the order is held against.
  public let weights: Weights
  /// The number of rows followed so far.
  public private(set) var rows = 0
  /// The number of rows of each source so far.
  public private(set) var rowsBySource: [Int]
  /// The greatest distance seen at any source's rows, over the denominator.
  private var greatestAtRows: Int128 = 0

  /// Starts before the first row.
  public init(weights: Weights) {
    self.weights = weights
    rowsBySource = Array(repeating: 0, count: weights.count)
  }

  /// Follows one row.
  ///
  /// - Parameter source: The index of the source that gave the row.
  public mutating func record(_ source: Int) {
    let share = Int128(weights.numerators[source])
    let given = Int128(rowsBySource[source]) * Int128(weights.denominator)
    let before = Int128(rows) * share - given
    let after = before + share - Int128(weights.denominator)
    greatestAtRows = max(greatestAtRows, abs(before), abs(after))
    rowsBySource[source] += 1
    rows += 1
  }

  /// The greatest distance of any source from its share over all prefixes so far, in rows.
  public var greatest: Double { Double(greatestNumerator) / Double(weights.denominator) }

  /// Whether every prefix so far is within 1 - 1/(2k-2), compared exactly.
  public var isWithinBound: Bool {
    let contributors = weights.contributors
    guard contributors > 1 else { return greatestNumerator == 0 }
    let margin = Int128(2 * contributors - 2)
    return greatestNumerator * margin <= Int128(weights.denominator) * (margin - 1)
  }

  private var greatestNumerator: Int128 {
    var greatest = greatestAtRows
    for (given, share) in zip(rowsBySource, weights.numerators) {
      let distance = Int128(rows) * Int128(share) - Int128(given) * Int128(weights.denominator)
      greatest = max(greatest, abs(distance))
    }
    return greatest
  }
}
