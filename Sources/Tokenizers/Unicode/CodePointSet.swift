/// A set of code points as rising ranges that do not touch.
struct CodePointSet: Sendable, Equatable {
  /// The last code point.
  static let last: UInt32 = 0x10FFFF
  /// All code points.
  static let all = CodePointSet([0...last])
  /// No code point.
  static let none = CodePointSet([])

  let ranges: [ClosedRange<UInt32>]

  /// Creates a set of the code points in some ranges.
  init(_ ranges: [ClosedRange<UInt32>]) {
    var merged: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let before = merged.last, range.lowerBound <= before.upperBound + 1 {
        merged[merged.count - 1] =
          before.lowerBound...max(before.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  /// Creates a set of one code point.
  init(_ point: UInt32) { ranges = [point...point] }

  /// Whether the set is empty.
  var isEmpty: Bool { ranges.isEmpty }

  /// The only member, where there is just one.
  var single: UInt32? {
    guard ranges.count == 1, ranges[0].lowerBound == ranges[0].upperBound else { return nil }
    return ranges[0].lowerBound
  }

  /// Whether a code point is a member.
  func contains(_ point: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < point { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(point)
  }

  /// The members of either set.
  func union(_ other: CodePointSet) -> CodePointSet { CodePointSet(ranges + other.ranges) }

  /// What is not a member.
  var inverted: CodePointSet {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= Self.last { result.append(next...Self.last) }
    return CodePointSet(result)
  }

  /// The members of both sets.
  func intersection(_ other: CodePointSet) -> CodePointSet {
    inverted.union(other.inverted).inverted
  }

  /// A table that is 1 for the members and 0 elsewhere.
  var table: CodePointTable { CodePointTable(ranges.map { ($0, 1) }) }
}
