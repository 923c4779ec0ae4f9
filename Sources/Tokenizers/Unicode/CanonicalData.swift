/// What normalisation knows of code points: decompositions, compositions and combining classes.
struct CanonicalData: Sendable {
  /// The data of the generated table.
  static let reference = CanonicalData()

  /// The mark in `properties` of a doubtful character of class 0; all others hold their class.
  private static let doubtfulStarter: UInt8 = 255

  private let properties: CodePointTable
  /// Code points with a decomposition, rising, and where in `parts` it ends.
  private var decomposed: [UInt32] = []
  private var partEnds: [Int] = []
  private var parts: [UInt32] = []
  private var compositions = PairTable(capacity: 1024)

  private init() {
    var ranges: [(range: ClosedRange<UInt32>, value: UInt8)] = [
      // The vowels and final consonants that compose to Hangul syllables.
      (Hangul.vowels, Self.doubtfulStarter), (Hangul.finals, Self.doubtfulStarter),
    ]
    var point: UInt32 = 0
    for word in CanonicalTable.decompositions.split(whereSeparator: \.isWhitespace) {
      guard let sign = word.firstIndex(where: { $0 == "+" || $0 == "=" }) else { continue }
      point = UInt32(word[..<sign], radix: 16) ?? point + 1
      let pieces = word[word.index(after: sign)...].split(separator: ".")
      let values = pieces.compactMap { UInt32($0, radix: 16) }
      decomposed.append(point)
      parts += values
      partEnds.append(parts.count)
      if word[sign] == "+", values.count == 2 {
        compositions.insert(values[0], values[1], rank: 0, merged: point)
        ranges.append((values[1]...values[1], Self.doubtfulStarter))
      } else {
        ranges.append((point...point, Self.doubtfulStarter))
      }
    }
    // Last, so that a class replaces the mark of a doubtful starter.
    for word in CanonicalTable.combiningClasses.split(whereSeparator: \.isWhitespace) {
      let fields = word.split(separator: ":")
      guard fields.count == 2, let range = CodePointTable.range(of: fields[0]),
        let value = UInt8(fields[1])
      else { continue }
      ranges.append((range, value))
    }
    properties = CodePointTable(ranges)
  }

  /// Whether text that holds the code point may not be in normalisation form C.
  @inline(__always)
  func isDoubtful(_ point: UInt32) -> Bool { properties[point] != 0 }

  /// The canonical combining class.
  @inline(__always)
  func combiningClass(_ point: UInt32) -> UInt8 {
    let value = properties[point]
    return value == Self.doubtfulStarter ? 0 : value
  }

  /// Appends the full canonical decomposition of a code point; mostly the code point itself.
  func appendDecomposition(of point: UInt32, to points: inout [UInt32]) {
    if Hangul.appendDecomposition(of: point, to: &points) { return }
    var low = 0
    var high = decomposed.count
    while low < high {
      let middle = (low + high) / 2
      if decomposed[middle] < point { low = middle + 1 } else { high = middle }
    }
    guard low < decomposed.count, decomposed[low] == point else {
      points.append(point)
      return
    }
    for index in (low == 0 ? 0 : partEnds[low - 1])..<partEnds[low] {
      appendDecomposition(of: parts[index], to: &points)
    }
  }

  /// What two code points compose to.
  func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if let syllable = Hangul.composition(first, second) { return syllable }
    let found = compositions.find(first, second)
    return found == PairTable.none ? nil : UInt32(truncatingIfNeeded: found)
  }
}
