import Bytes

/// The different stretches of one text.
///
/// An open-addressed table of hashes; equal hashes are compared byte by byte, so the answer is exact.
struct StretchTable {
  private struct Stretch {
    var hash: UInt64
    var start: Int32
    var count: Int32
  }

  private var stretches: [Stretch] = []
  /// Numbers of stretches by their hashes; -1 for none. A power of two of them.
  private var slots: [Int32] = []

  /// Forgets all stretches. The memory stays, unless a huge document made it large.
  mutating func removeAll() {
    if slots.count > 1 << 12 && stretches.count * 16 < slots.count { slots = [] }
    stretches.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index] = -1 }
  }

  /// Adds a stretch.
  ///
  /// - Returns: Whether it is the first that is like this.
  mutating func add(_ range: Range<Int>, of text: Span<UInt8>) -> Bool {
    if stretches.count * 2 >= slots.count { grow() }
    let bytes = text.extracting(range)
    let hash = StableHash.xxh3(bytes)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let other = stretches[Int(slots[slot])]
      if other.hash == hash && Int(other.count) == range.count {
        let start = Int(other.start)
        if Self.areEqual(bytes, text.extracting(start..<start + range.count)) {
          return false
        }
      }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(truncatingIfNeeded: stretches.count)
    stretches.append(
      Stretch(
        hash: hash, start: Int32(truncatingIfNeeded: range.lowerBound),
        count: Int32(truncatingIfNeeded: range.count)))
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: max(64, slots.count * 4))
    let mask = slots.count - 1
    for (number, stretch) in stretches.enumerated() {
      var slot = Int(truncatingIfNeeded: stretch.hash) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: number)
    }
  }

  private static func areEqual(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    for index in a.indices where a[index] != b[index] { return false }
    return true
  }
}
