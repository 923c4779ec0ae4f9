/// The order in which sources give rows, so that every prefix holds their weights: Tijdeman's
/// solution of the chairman assignment problem (Discrete Mathematics 32, 1980).
///
/// With k >= 2 sources of non-zero weight, after n rows every source has given n*w rows to
/// within 1 - 1/(2k-2). The row n goes, among the sources with n*w - x >= c = 1/(2k-2) after x
/// rows, to the one with the least (1 - c - (n*w - x))/w, ties by the bytes of the names. All
/// arithmetic is exact. A row costs O(log k): rows wait in one heap for their release and go
/// from another by deadline.
public struct RowOrder: Sendable {
  /// The greatest number of sources of non-zero weight, so that 64 and 128 bits suffice.
  public static let maximumSources = 1 << 22

  /// The number of rows given so far.
  public private(set) var rowsGiven = 0
  /// The sources of non-zero weight in byte order of their names: an index here is a rank.
  private var paces: [SourcePace]
  private var waiting: MinimumHeap<WaitingRow>
  private var ready: MinimumHeap<ReadyRow>
  /// The source that gives every row because no other has a weight.
  private let soleSource: Int?

  /// Creates the order of weights, before its first row.
  ///
  /// - Parameters:
  ///   - weights: The weights; a source of weight zero gives no row and does not count in k.
  ///   - names: The sources' names, as many as weights; they decide ties.
  public init(weights: Weights, names: [String]) {
    precondition(names.count == weights.count, "every weight has a name")
    let contributors = weights.numerators.indices.filter { weights.numerators[$0] > 0 }
      .sorted { a, b in
        // Strings compare by canonical equivalence; ties are decided by bytes.
        let (x, y) = (names[a].utf8, names[b].utf8)
        return x.elementsEqual(y) ? a < b : x.lexicographicallyPrecedes(y)
      }
    precondition(contributors.count <= RowOrder.maximumSources, "too many sources")
    soleSource = contributors.count == 1 ? contributors[0] : nil
    waiting = MinimumHeap(capacity: contributors.count)
    ready = MinimumHeap(capacity: contributors.count)
    paces = []
    guard contributors.count > 1 else { return }
    let margin = UInt64(2 * contributors.count - 2)
    for (rank, index) in contributors.enumerated() {
      let pace = SourcePace(
        index: index, weight: weights.numerators[index], denominator: weights.denominator,
        margin: margin)
      paces.append(pace)
      waiting.insert(WaitingRow(release: pace.releaseRow, rank: UInt32(rank)))
    }
  }

  /// The bound on every source's distance from its share after any number of rows, in rows, of
  /// `k` sources of non-zero weight: 1 - 1/(2k-2), and 0 of one source.
  public static func bound(sources k: Int) -> Double {
    k < 2 ? 0 : 1 - 1 / Double(2 * k - 2)
  }

  /// The index of the source that gives the next row. The order never ends.
  public mutating func next() -> Int {
    rowsGiven += 1
    if let soleSource { return soleSource }
    let row = UInt64(rowsGiven)
    while let first = waiting.first, first.release <= row {
      ready.insert(paces[Int(first.rank)].readyRow(rank: Int(first.rank)))
      waiting.removeFirst()
    }
    // Tijdeman proves that some row is always released: the n*w - x sum to 1, so one of them is
    // at least 1/k, and 1/k >= 1/(2k-2).
    guard let chosen = ready.first else { preconditionFailure("no row is released") }
    let rank = Int(chosen.rank)
    paces[rank].advance()
    let release = paces[rank].releaseRow
    if release <= row + 1 {
      ready.replaceFirst(with: paces[rank].readyRow(rank: rank))
    } else {
      ready.removeFirst()
      waiting.insert(WaitingRow(release: release, rank: chosen.rank))
    }
    return paces[rank].index
  }
}
