/// Figures as messages show them, by integer arithmetic.
enum FigureText {
  /// A number of tokens with three significant digits, as in `2.62B`, `31M` or `917`.
  static func tokens(_ count: UInt128) -> String {
    var unit: UInt128 = 1
    var suffixes = ["", "k", "M", "B", "T"][...]
    // 999,500 rounds to 1M, not to 1000k.
    while suffixes.count > 1, 2 * count >= 1999 * unit { (unit, suffixes) = next(unit, suffixes) }
    if unit == 1 { return "\(count)" }
    let decimals = count >= 100 * unit ? 0 : count >= 10 * unit ? 1 : 2
    let scaled = (count * powerOfTen(decimals) + unit / 2) / unit
    return decimal(scaled, decimals: decimals) + (suffixes.first ?? "")
  }

  /// A quotient with one decimal, or with as many as it needs to be seen above a limit.
  static func ratio(_ numerator: UInt128, _ denominator: UInt128, above limit: UInt128) -> String {
    for decimals in 1...9 {
      let scaled = (numerator * powerOfTen(decimals) + denominator / 2) / denominator
      if scaled > limit * powerOfTen(decimals) || decimals == 9 {
        return decimal(scaled, decimals: decimals)
      }
    }
    return ""
  }

  /// A share as a percentage with three significant digits, rounded down; nil where at most nine
  /// decimals leave nothing of it.
  static func percentageRoundedDown(_ numerator: UInt128, _ denominator: UInt128) -> String? {
    // Room for the factor 10^11; what is cut off only rounds further down.
    let excess = max(0, 128 - numerator.leadingZeroBitCount - 88)
    let numerator = numerator >> excess
    let denominator = excess > 0 ? (denominator >> excess) + 1 : denominator
    for decimals in 0...9 {
      let scaled = numerator * 100 * powerOfTen(decimals) / denominator
      if scaled >= 100 || (decimals == 9 && scaled > 0) {
        return decimal(scaled, decimals: decimals) + "%"
      }
    }
    return nil
  }

  private static func next(
    _ unit: UInt128, _ suffixes: ArraySlice<String>
  ) -> (UInt128, ArraySlice<String>) { (unit * 1000, suffixes.dropFirst()) }

  private static func powerOfTen(_ exponent: Int) -> UInt128 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  /// A scaled integer with its decimal point, without trailing zeros.
  private static func decimal(_ scaled: UInt128, decimals: Int) -> String {
    let unit = powerOfTen(decimals)
    var fraction = String(scaled % unit + unit).dropFirst()
    while fraction.last == "0" { fraction.removeLast() }
    return fraction.isEmpty ? "\(scaled / unit)" : "\(scaled / unit).\(fraction)"
  }
}
