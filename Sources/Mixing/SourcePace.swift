/// When a source's next row may be given and by when it should be, kept exactly.
///
/// With w = a/D, M = 2k - 2 and c = 1/M, the row after x given ones is released at the first n
/// with n*w - x >= c, which is D(1 + Mx)/(Ma), and ready rows go in the order of
/// (1 - c + x)/w, which is D(M - 1 + Mx)/(Ma): the rule's (1 - c - (n*w - x))/w, moved by the n
/// that all sources share. Each further row adds D/a to both. They are kept as whole part and
/// remainder over Ma, so a step needs additions only.
struct SourcePace: Sendable {
  /// The source's index in the weights.
  let index: Int
  private let weight: UInt64
  private let modulus: UInt64
  private let wholeStep: UInt64
  private let remainderStep: UInt64
  private var release: UInt64
  private var releaseRemainder: UInt64
  private var deadline: UInt64
  private var deadlineRemainder: UInt64

  /// The pace of a source that has given no rows.
  ///
  /// - Parameters:
  ///   - index: The source's index in the weights.
  ///   - weight: Its numerator a, greater than zero.
  ///   - denominator: The weights' denominator D.
  ///   - margin: M = 2k - 2, at least 2 and at most 2^23, so that M*D fits 64 bits.
  init(index: Int, weight: UInt64, denominator: UInt64, margin: UInt64) {
    self.index = index
    self.weight = weight
    modulus = margin * weight
    wholeStep = denominator / weight
    remainderStep = margin * (denominator % weight)
    (release, releaseRemainder) = denominator.quotientAndRemainder(dividingBy: modulus)
    (deadline, deadlineRemainder) = (denominator * (margin - 1))
      .quotientAndRemainder(dividingBy: modulus)
  }

  /// The first n, counted from 1, at which the next row may be given.
  var releaseRow: UInt64 { releaseRemainder > 0 ? release + 1 : release }

  /// The next row's place among the ready ones.
  func readyRow(rank: Int) -> ReadyRow {
    ReadyRow(
      deadline: deadline, remainder: deadlineRemainder, weight: weight, rank: UInt32(rank))
  }

  /// Goes on to the row after.
  mutating func advance() {
    release += wholeStep
    releaseRemainder += remainderStep
    if releaseRemainder >= modulus {
      releaseRemainder -= modulus
      release += 1
    }
    deadline += wholeStep
    deadlineRemainder += remainderStep
    if deadlineRemainder >= modulus {
      deadlineRemainder -= modulus
      deadline += 1
    }
  }
}

/// A row that may be given now; the least is given first.
struct ReadyRow: Comparable, BitwiseCopyable, Sendable {
  /// The whole part of the deadline.
  let deadline: UInt64
  /// The rest of the deadline, over M times the weight.
  let remainder: UInt64
  /// The source's numerator.
  let weight: UInt64
  /// The source's rank among the names, which decides ties.
  let rank: UInt32

  static func < (a: ReadyRow, b: ReadyRow) -> Bool {
    if a.deadline != b.deadline { return a.deadline < b.deadline }
    // The remainders' denominators are M*weight, so they compare crosswise, in 128 bits.
    let left = a.remainder.multipliedFullWidth(by: b.weight)
    let right = b.remainder.multipliedFullWidth(by: a.weight)
    if left.high != right.high { return left.high < right.high }
    if left.low != right.low { return left.low < right.low }
    return a.rank < b.rank
  }
}

/// A row that may not be given before its release.
struct WaitingRow: Comparable, BitwiseCopyable, Sendable {
  /// The first n at which the row may be given.
  let release: UInt64
  /// The source's rank among the names.
  let rank: UInt32

  static func < (a: WaitingRow, b: WaitingRow) -> Bool { a.release < b.release }
}
