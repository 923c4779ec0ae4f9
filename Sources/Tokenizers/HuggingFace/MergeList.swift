import Bytes

/// A list of merges, two strings each, in the order in which they are done.
struct MergeList {
  private let strings: ByteStrings
  private let place: String

  /// Creates a list; messages begin with `place`.
  init(_ strings: ByteStrings, place: String) {
    self.strings = strings
    self.place = place
  }

  /// The pairs of ids that merge; the place in the list is the rank.
  ///
  /// - Parameters:
  ///   - tokens: The tokens by their bytes as the merges have them.
  ///   - check: Looks at the rank of a merge and at its two tokens, either of which may be `noToken`.
  /// - Returns: The pairs.
  /// - Throws: What `check` throws, and `badData` where a merge names or gives what is no token.
  func pairs(
    in tokens: TokenBytes,
    check: (_ rank: Int, _ left: UInt32, _ right: UInt32) throws(CuveeError) -> Void
  ) throws(CuveeError) -> PairList {
    let count = strings.count / 2
    guard count <= MergeTables.greatestRank else {
      throw .badData("\(place): \(count) merges; at most \(MergeTables.greatestRank) are allowed")
    }
    let ids = strings.ids(in: tokens)
    var pairs = PairList(capacity: count)
    // Most lists of merges are in the order of their tokens, with all merges of one in a row.
    var last: UInt32 = 0
    for rank in 0..<count {
      let (left, right) = (ids[2 * rank], ids[2 * rank + 1])
      try check(rank, left, right)
      let merged = merged(rank, in: tokens, near: last)
      last = merged
      guard max(left, right, merged) != TokenBytes.noToken else {
        throw .badData(
          "\(place): merge \(strings.merge(rank)) needs tokens that the vocabulary does not have")
      }
      pairs.append(left, right, rank: UInt32(truncatingIfNeeded: rank), merged: merged)
    }
    return pairs
  }

  /// What a merge gives, which is often the token before or the next.
  private func merged(_ rank: Int, in tokens: TokenBytes, near last: UInt32) -> UInt32 {
    let (left, right) = (strings[2 * rank], strings[2 * rank + 1])
    if tokens.has(left, right, as: last) { return last }
    if tokens.has(left, right, as: last &+ 1) { return last + 1 }
    var whole: [UInt8] = []
    whole.append(left)
    whole.append(right)
    return tokens.find(whole.span)
  }
}

extension ByteStrings {
  /// A merge, for a message: its number from 1 on, and its two strings.
  func merge(_ rank: Int) -> String { "\(rank + 1), \"\(text(2 * rank)) \(text(2 * rank + 1))\"," }
}
