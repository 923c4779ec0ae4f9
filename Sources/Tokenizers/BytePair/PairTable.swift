/// What two neighbouring symbols merge to: an open-addressed table from (left, right) to a rank
/// and the merged symbol.
struct PairTable: Sendable, PairFinding {
  /// No entry: greater than every rank.
  static let none = UInt64.max

  private struct Slot: BitwiseCopyable {
    var key: UInt64
    var value: UInt64
  }

  private static let emptyKey = UInt64.max
  private var slots: [Slot]
  private var mask: Int
  private(set) var count = 0

  /// Creates an empty table with room for a number of pairs.
  init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: Slot(key: Self.emptyKey, value: Self.none), count: size)
    mask = size - 1
  }

  /// Creates the table of a list of pairs.
  init(_ list: PairList) {
    self.init(capacity: list.entries.count)
    for pair in list.entries {
      insert(pair.left, pair.right, rank: pair.rank, merged: pair.merged)
    }
  }

  /// The rank of a pair in the high half and its merged symbol in the low half, or `none`.
  @inline(__always)
  func find(_ left: UInt32, _ right: UInt32) -> UInt64 {
    let key = UInt64(left) << 32 | UInt64(right)
    var index = Self.hash(key) & mask
    while true {
      let slot = slots[index]
      if slot.key == key { return slot.value }
      if slot.key == Self.emptyKey { return Self.none }
      index = (index &+ 1) & mask
    }
  }

  /// Sets the rank and the merged symbol of a pair; a pair that is there already is replaced.
  mutating func insert(_ left: UInt32, _ right: UInt32, rank: UInt32, merged: UInt32) {
    if count * 2 >= slots.count { grow() }
    place(Slot(key: UInt64(left) << 32 | UInt64(right), value: UInt64(rank) << 32 | UInt64(merged)))
  }

  private mutating func place(_ new: Slot) {
    var index = Self.hash(new.key) & mask
    while slots[index].key != Self.emptyKey && slots[index].key != new.key {
      index = (index + 1) & mask
    }
    if slots[index].key == Self.emptyKey { count += 1 }
    slots[index] = new
  }

  private mutating func grow() {
    let old = slots
    self = PairTable(capacity: old.count)
    for slot in old where slot.key != Self.emptyKey { place(slot) }
  }

  @inline(__always)
  private static func hash(_ key: UInt64) -> Int {
    let product = key.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }
}
