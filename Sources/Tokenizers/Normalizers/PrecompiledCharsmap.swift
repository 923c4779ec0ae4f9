import Bytes

/// SentencePiece's precompiled rules: a double array of byte strings, and what each becomes.
///
/// The layout is that of `NormalizerSpec.precompiled_charsmap`: the size of the array, its units of
/// 32 bits little-endian as the Darts-clone library has them, then the strings, each ended by a
/// zero byte.
struct PrecompiledCharsmap: Sendable {
  private let units: [UInt32]
  /// The results of the rules one after another, each with a zero byte behind it.
  let strings: [UInt8]
  /// Whether no rule begins with an ASCII character, by itself or followed by another.
  let isPlain: [Bool]

  /// Reads a map.
  ///
  /// - Throws: `badData` where the sizes do not fit.
  init(_ blob: [UInt8], place: String) throws(CuveeError) {
    guard blob.count > 4 else { throw .badData("\(place): the charsmap is too short") }
    let size = Int(blob.span.loadLittleEndian(UInt32.self, at: 0))
    guard size % 4 == 0, size >= 1024, size <= blob.count - 4, blob.last == 0 else {
      throw .badData("\(place): the charsmap is damaged")
    }
    units = (0..<size / 4).map { blob.span.loadLittleEndian(UInt32.self, at: 4 + $0 * 4) }
    strings = Array(blob[(4 + size)...])
    let array = units
    isPlain = (0..<128).map { first in
      !Self.hasPath([first], in: array, toRule: true)
        && (0..<128).allSatisfy { !Self.hasPath([first, $0], in: array, toRule: false) }
    }
  }

  /// The lengths of all rules that begin at an offset, shortest first, and where their results are.
  func matches(_ text: Span<UInt8>, at start: Int) -> [(length: Int, result: Int)] {
    var found: [(length: Int, result: Int)] = []
    walk(text, at: start) { found.append(($0, $1)) }
    return found
  }

  /// The length of the longest rule that begins at an offset and where its result is; length 0
  /// where there is none.
  func longest(_ text: Span<UInt8>, at start: Int) -> (length: Int, result: Int) {
    var found = (length: 0, result: 0)
    walk(text, at: start) { found = ($0, $1) }
    return found
  }

  /// The result of a rule.
  func result(_ start: Int) -> ArraySlice<UInt8> { strings[range(ofResult: start)] }

  /// Where the result of a rule is in `strings`.
  func range(ofResult start: Int) -> Range<Int> {
    let start = min(start, strings.count)
    var end = start
    while end < strings.count, strings[end] != 0 { end += 1 }
    return start..<end
  }

  /// Whether a rule begins with some bytes, or is them.
  private static func hasPath(
    _ key: [UInt8], in units: [UInt32], toRule isWhole: Bool
  ) -> Bool {
    var node = offset(units[0])
    var unit: UInt32 = 0
    for byte in key {
      node ^= Int(byte)
      guard node < units.count, units[node] & 0x8000_00FF == UInt32(byte) else { return false }
      unit = units[node]
      node ^= offset(unit)
    }
    return !isWhole || unit >> 8 & 1 == 1
  }

  @inline(__always)
  private func walk(_ text: Span<UInt8>, at start: Int, _ body: (Int, Int) -> Void) {
    var node = Self.offset(units[0])
    var index = start
    while index < text.count {
      let byte = text[index]
      node ^= Int(byte)
      guard node < units.count else { return }
      let unit = units[node]
      if unit & 0x8000_00FF != UInt32(byte) { return }
      node ^= Self.offset(unit)
      index += 1
      if unit >> 8 & 1 == 1, node < units.count {
        body(index - start, Int(units[node] & 0x7FFF_FFFF))
      }
    }
  }

  @inline(__always)
  private static func offset(_ unit: UInt32) -> Int {
    Int((unit >> 10) << ((unit & (1 << 9)) >> 6))
  }
}
