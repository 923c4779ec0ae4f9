import CByteKernels

/// Which two symbols in a row a match may start with, as bits: both symbols have one in common.
///
/// Often the first symbol alone says little: many patterns may begin with a space, before which nearly
/// all words stand.
struct StartPairs {
  /// By symbol: the bits that it has as the first one.
  private(set) var first = [UInt8](repeating: 0, count: Int(CUVEE_PAIRED))
  /// By symbol: the bits that it has as the second one.
  private(set) var second = [UInt8](repeating: 0, count: Int(CUVEE_PAIRED))
  /// By symbol: 1 where a match may start with it as the last one of a piece, and no second one may
  /// have shown that.
  private(set) var last: [UInt8] = Array(repeating: 0, count: 256)

  /// The bit of symbols that need no second one to be looked at.
  private static let sure: UInt8 = 1

  /// The pairs of an automaton.
  ///
  /// - Parameters:
  ///   - rows: Its steps by state and symbol; the last symbol is the end of a piece, and the inside of
  ///     a character comes after all symbols.
  ///   - start: The state at which it starts.
  ///   - looksBack: Whether it may start at others as well.
  ///   - wanted: The symbols at which a match may start.
  init(rows: [[UInt16]], start: Int, looksBack: Bool, wanted: [UInt8]) {
    let end = rows[start].count - 1
    let inside = end + 1
    for symbol in 0..<inside { second[symbol] = Self.sure }
    // What stands behind a character of several bytes is further on.
    second[inside] = .max
    /// The second symbols of each bit.
    var groups: [[Bool]] = []
    for symbol in wanted where Int(symbol) != end {
      let step = rows[start][Int(symbol)]
      let mayGoOn = rows[Int(step & ~AutomatonBuilder.matched)].map { $0 != 0 }
      let isSure = looksBack || step & AutomatonBuilder.matched != 0 || step == 0
      if isSure || !mayGoOn.contains(false) {
        first[Int(symbol)] = Self.sure
        continue
      }
      var group = groups.firstIndex(of: mayGoOn) ?? groups.count
      if group == groups.count { groups.append(mayGoOn) }
      // Where there are more groups than bits, the last bit is that of several.
      group = min(group, 6)
      first[Int(symbol)] = 2 << UInt8(group)
      for (other, isLive) in mayGoOn.enumerated() where isLive && other != end {
        second[other] |= 2 << UInt8(group)
      }
      if mayGoOn[end] { last[Int(symbol)] = 1 }
    }
  }
}
