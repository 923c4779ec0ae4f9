import Bytes

/// A byte for every kind of code point that some patterns can tell apart.
///
/// Code points that are in the same sets of the patterns are alike to them, so text can be written
/// with a byte for each code point, and a pattern with classes of bytes. The engine that runs it then
/// needs no knowledge of Unicode, whose version in system libraries is not that of the references.
struct SymbolAlphabet: Sendable {
  /// The symbol of each code point.
  let table: CodePointTable
  private let symbolsOf: [[ClosedRange<UInt32>]: [UInt8]]
  /// The number of symbols.
  let count: Int

  /// Creates the alphabet of the sets of patterns; nil where they tell more than 256 kinds apart.
  init?(_ sets: [CodePointSet]) {
    var unique: [CodePointSet] = []
    var seen: Set<[ClosedRange<UInt32>]> = []
    for set in sets where seen.insert(set.ranges).inserted { unique.append(set) }
    var starts: Set<UInt32> = [0]
    for range in unique.flatMap(\.ranges) {
      starts.insert(range.lowerBound)
      if range.upperBound < CodePointSet.last { starts.insert(range.upperBound + 1) }
    }
    let sorted = starts.sorted()
    var known: [[Bool]: UInt8] = [:]
    var kinds: [[Bool]] = []
    var entries: [(range: ClosedRange<UInt32>, value: UInt8)] = []
    for (index, start) in sorted.enumerated() {
      let end = index + 1 < sorted.count ? sorted[index + 1] - 1 : CodePointSet.last
      let kind = unique.map { $0.contains(start) }
      if known[kind] == nil {
        guard kinds.count < 256 else { return nil }
        known[kind] = UInt8(kinds.count)
        kinds.append(kind)
      }
      entries.append((start...end, known[kind] ?? 0))
    }
    table = CodePointTable(entries)
    count = kinds.count
    var symbolsOf: [[ClosedRange<UInt32>]: [UInt8]] = [:]
    for (index, set) in unique.enumerated() {
      symbolsOf[set.ranges] = kinds.indices.filter { kinds[$0][index] }.map { UInt8($0) }
    }
    self.symbolsOf = symbolsOf
  }

  /// The symbol of a code point.
  @inline(__always)
  func symbol(_ point: UInt32) -> UInt8 { table[point] }

  /// The symbol of an ASCII character.
  @inline(__always)
  func symbol(ascii byte: UInt8) -> UInt8 { table[latin: byte] }

  /// The symbols of a set, which is one of those that made the alphabet.
  func symbols(of set: CodePointSet) -> [UInt8] { symbolsOf[set.ranges] ?? [] }

  /// The class of bytes of a set, in PCRE2's syntax.
  func source(of set: CodePointSet) -> String {
    let symbols = symbols(of: set)
    if symbols.isEmpty { return "(?!)" }
    let names = symbols.map { symbol in
      let hex = String(symbol, radix: 16)
      return #"\x"# + (hex.count < 2 ? "0" : "") + hex
    }
    return symbols.count == 1 ? names[0] : "[" + names.joined() + "]"
  }
}
