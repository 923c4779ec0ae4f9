/// The weights of a mixture's sources: integers over their sum, so that an order is exact.
public struct Weights: Sendable, Equatable {
  /// The sum that computed or over-precise weights are quantised to.
  public static let quantisedSum: UInt64 = 1 << 32
  /// Weights whose sum stays below this are kept exactly.
  public static let exactSumLimit: UInt64 = 1 << 40

  /// The weight of each source, reduced by their greatest common divisor.
  public let numerators: [UInt64]
  /// The sum of the numerators: below 2^40.
  public let denominator: UInt64
  /// The number of sources of non-zero weight: the k of the order's bound.
  public let contributors: Int

  /// Creates weights in the ratio of integers.
  ///
  /// They are exact where their reduced sum is below 2^40. Otherwise they are quantised to the
  /// sum 2^32 by largest remainder, ties by index; a share below 2^-33 may then become zero.
  ///
  /// - Precondition: Not all numerators are zero.
  public init(numerators: [UInt64]) {
    let reduced = Weights.reduced(numerators)
    let sum = reduced.reduce(into: UInt128(0)) { $0 += UInt128($1) }
    precondition(sum > 0, "weights are not all zero")
    self.numerators =
      sum < UInt128(Weights.exactSumLimit)
      ? reduced : Weights.reduced(Weights.byLargestRemainder(reduced, sum: sum))
    denominator = self.numerators.reduce(0, +)
    contributors = self.numerators.count { $0 > 0 }
  }

  /// Weights in the ratio of computed shares, quantised to integers of sum 2^32 before anything
  /// is ordered by them: the same on every machine, for each step is one exact or correctly
  /// rounded IEEE operation.
  ///
  /// - Precondition: The shares are finite and not negative, and not all are zero.
  public static func quantised(_ shares: [Double]) -> Weights {
    let greatest = shares.max() ?? 0
    precondition(
      greatest > 0 && shares.allSatisfy { $0.isFinite && $0 >= 0 },
      "shares are finite, not negative and not all zero")
    let scaled = shares.map { UInt64($0 / greatest * 0x1p53) }
    let sum = scaled.reduce(into: UInt128(0)) { $0 += UInt128($1) }
    return Weights(numerators: byLargestRemainder(scaled, sum: sum))
  }

  /// The number of sources, those of weight zero with them.
  public var count: Int { numerators.count }

  /// The share of a source, between 0 and 1.
  public func share(of source: Int) -> Double {
    Double(numerators[source]) / Double(denominator)
  }

  private static func reduced(_ numerators: [UInt64]) -> [UInt64] {
    var divisor: UInt64 = 0
    for numerator in numerators {
      var (a, b) = (divisor, numerator)
      while b != 0 { (a, b) = (b, a % b) }
      divisor = a
    }
    return divisor > 1 ? numerators.map { $0 / divisor } : numerators
  }

  /// Integers of sum 2^32 nearest to the ratio of others (Hamilton's method).
  private static func byLargestRemainder(_ numerators: [UInt64], sum: UInt128) -> [UInt64] {
    var quotas: [UInt64] = []
    var remainders: [(remainder: UInt128, index: Int)] = []
    for (index, numerator) in numerators.enumerated() {
      let scaled = UInt128(numerator) * UInt128(quantisedSum)
      quotas.append(UInt64(scaled / sum))
      remainders.append((scaled % sum, index))
    }
    remainders.sort {
      $0.remainder != $1.remainder ? $0.remainder > $1.remainder : $0.index < $1.index
    }
    let missing = Int(quantisedSum - quotas.reduce(0, +))
    for (_, index) in remainders.prefix(missing) { quotas[index] += 1 }
    return quotas
  }
}
