/// The merges of a vocabulary in a row, before they are put in a table.
struct PairList: Sendable {
  /// Two neighbouring symbols, when they merge, and to what.
  struct Entry: BitwiseCopyable {
    var left: UInt32
    var right: UInt32
    var rank: UInt32
    var merged: UInt32
  }

  private(set) var entries: [Entry] = []

  /// Creates an empty list with room for a number of pairs.
  init(capacity: Int = 0) { entries.reserveCapacity(capacity) }

  /// Appends a pair. Of pairs that are there twice, the last counts.
  mutating func append(_ left: UInt32, _ right: UInt32, rank: UInt32, merged: UInt32) {
    entries.append(Entry(left: left, right: right, rank: rank, merged: merged))
  }
}

/// What tells the merge of two neighbouring symbols.
protocol PairFinding {
  /// The rank of a pair in the high half and its merged symbol in the low half, or
  /// `PairTable.none`.
  func find(_ left: UInt32, _ right: UInt32) -> UInt64
}
