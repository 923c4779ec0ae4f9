/// The ids of short pieces: an open-addressed table of entries of half a cache line.
struct ShortPretokenTable {
  /// The bytes of an entry.
  static let entrySize = 32

  /// A piece and its ids: up to three in place, or more from `first` on in a list beside the table.
  struct Entry: BitwiseCopyable {
    var key: PretokenKey
    /// The number of ids; 0 in an empty entry.
    var count: UInt32
    var first: UInt32
    var second: UInt32
    var third: UInt32

    static let empty = Entry(
      key: PretokenKey(low: 0, high: 0), count: 0, first: 0, second: 0, third: 0)
  }

  private var entries: [Entry]
  private var mask: Int
  private var count = 0

  /// Creates an empty table.
  ///
  /// - Parameter capacity: The number of its entries, a power of two.
  init(capacity: Int) {
    entries = Array(repeating: .empty, count: capacity)
    mask = capacity - 1
  }

  /// The bytes that the table will take when one more entry is in it.
  var bytesAfterInsertion: Int { entries.count * Self.entrySize * (isFull ? 2 : 1) }

  private var isFull: Bool { count * 2 >= entries.count }

  /// Reads the place where a hash leads.
  @inline(__always)
  func touch(_ hash: Int) -> UInt32 { entries[hash & mask].count }

  /// The entry of a piece with a hash; its count is 0 where the piece is not known.
  @inline(__always)
  func find(_ key: PretokenKey, hash: Int) -> Entry {
    var index = hash & mask
    while true {
      let entry = entries[index]
      if entry.key.low == key.low && entry.key.high == key.high || entry.count == 0 {
        return entry
      }
      index = (index &+ 1) & mask
    }
  }

  /// Adds the entry of a piece that is not yet known.
  mutating func insert(_ entry: Entry) {
    if isFull { grow() }
    place(entry)
  }

  private mutating func place(_ entry: Entry) {
    var index = entry.key.hash & mask
    while entries[index].count > 0 { index = (index + 1) & mask }
    entries[index] = entry
    count += 1
  }

  private mutating func grow() {
    let old = entries
    self = ShortPretokenTable(capacity: old.count * 2)
    for entry in old where entry.count > 0 { place(entry) }
  }
}

extension PretokenKey {
  init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }
}
