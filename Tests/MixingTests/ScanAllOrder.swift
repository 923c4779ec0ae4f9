import Mixing

/// A fraction of 128-bit integers with a positive denominator, reduced where it grows large.
struct Rational: Comparable {
  var numerator: Int128
  var denominator: Int128

  init(_ numerator: Int128, _ denominator: Int128 = 1) {
    self.numerator = denominator < 0 ? -numerator : numerator
    self.denominator = abs(denominator)
    guard self.denominator > 1 << 40 else { return }
    var (a, b) = (abs(numerator), self.denominator)
    while b != 0 { (a, b) = (b, a % b) }
    self.numerator /= a
    self.denominator /= a
  }

  static func + (a: Rational, b: Rational) -> Rational {
    Rational(
      a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
  }
  static func - (a: Rational, b: Rational) -> Rational { a + Rational(-b.numerator, b.denominator) }
  static func * (a: Rational, b: Rational) -> Rational {
    Rational(a.numerator * b.numerator, a.denominator * b.denominator)
  }
  static func / (a: Rational, b: Rational) -> Rational {
    Rational(a.numerator * b.denominator, a.denominator * b.numerator)
  }
  static func < (a: Rational, b: Rational) -> Bool {
    a.numerator * b.denominator < b.numerator * a.denominator
  }
  static func == (a: Rational, b: Rational) -> Bool {
    a.numerator * b.denominator == b.numerator * a.denominator
  }
}

/// The rule as it is written, all sources looked at for every row: the ground truth of `RowOrder`.
struct ScanAllOrder {
  let weights: Weights
  let names: [String]
  var rows: Int128 = 0
  var given: [Int128]

  init(weights: Weights, names: [String]) {
    self.weights = weights
    self.names = names
    given = Array(repeating: 0, count: names.count)
  }

  mutating func next() -> Int {
    rows += 1
    let contributors = weights.numerators.filter { $0 > 0 }.count
    var best: (urgency: Rational, source: Int)?
    for (source, numerator) in weights.numerators.enumerated() where numerator > 0 {
      if contributors == 1 {
        best = (Rational(0), source)
        break
      }
      let c = Rational(1, Int128(2 * contributors - 2))
      let weight = Rational(Int128(numerator), Int128(weights.denominator))
      let owed = Rational(
        rows * weight.numerator - given[source] * weight.denominator, weight.denominator)
      guard owed >= c else { continue }
      let urgency = (Rational(1) - c - owed) / weight
      if let leader = best {
        guard
          urgency < leader.urgency
            || (urgency == leader.urgency
              && Array(names[source].utf8).lexicographicallyPrecedes(
                Array(names[leader.source].utf8)))
        else { continue }
      }
      best = (urgency, source)
    }
    let source = best?.source ?? -1
    given[source] += 1
    return source
  }
}
