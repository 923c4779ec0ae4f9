import Bytes

/// The ids of pieces too long for a key, by a hash and the bytes themselves.
struct LongPretokenTable {
  /// Longer pieces hardly ever come twice and are merged anew each time.
  static let longest = 4096

  /// A piece in `keys` and its ids in a list beside the table.
  struct Entry: BitwiseCopyable {
    var hash: UInt64
    var keyStart: UInt32
    var idStart: UInt32
    var keyLength: UInt16
    /// The number of ids; 0 in an empty entry.
    var count: UInt16
  }

  private static let empty = Entry(hash: 0, keyStart: 0, idStart: 0, keyLength: 0, count: 0)
  private var entries: [Entry]
  private var keys: [UInt8] = []
  private var count = 0

  /// Creates an empty table.
  ///
  /// - Parameter capacity: The number of its entries, a power of two.
  init(capacity: Int) { entries = Array(repeating: Self.empty, count: capacity) }

  /// The bytes that the table will take when one more entry is in it.
  var bytesAfterInsertion: Int {
    entries.count * MemoryLayout<Entry>.stride * (isFull ? 2 : 1) + keys.count + Self.longest
  }

  private var isFull: Bool { count * 2 >= entries.count }

  /// The entry of a piece; its count is 0 where the piece is not known.
  func find(_ piece: Span<UInt8>, hash: UInt64) -> Entry {
    let mask = entries.count - 1
    var index = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = entries[index]
      if entry.count == 0 || entry.hash == hash && isEqual(entry, piece) { return entry }
      index = (index + 1) & mask
    }
  }

  /// Adds a piece that is not yet known, with the place of its ids.
  mutating func insert(_ piece: Span<UInt8>, hash: UInt64, idStart: Int, count idCount: Int) {
    if isFull { grow() }
    let entry = Entry(
      hash: hash, keyStart: UInt32(keys.count), idStart: UInt32(idStart),
      keyLength: UInt16(piece.count), count: UInt16(idCount))
    keys.append(piece)
    place(entry)
  }

  private func isEqual(_ entry: Entry, _ piece: Span<UInt8>) -> Bool {
    guard Int(entry.keyLength) == piece.count else { return false }
    let key = keys.span.extracting(
      Int(entry.keyStart)..<Int(entry.keyStart) + Int(entry.keyLength))
    var index = 0
    while index &+ 8 <= piece.count {
      if key.loadLittleEndian(UInt64.self, at: index)
        != piece.loadLittleEndian(UInt64.self, at: index)
      {
        return false
      }
      index &+= 8
    }
    while index < piece.count {
      if key[index] != piece[index] { return false }
      index &+= 1
    }
    return true
  }

  private mutating func place(_ entry: Entry) {
    let mask = entries.count - 1
    var index = Int(truncatingIfNeeded: entry.hash) & mask
    while entries[index].count > 0 { index = (index + 1) & mask }
    entries[index] = entry
    count += 1
  }

  private mutating func grow() {
    let old = entries
    entries = Array(repeating: Self.empty, count: old.count * 2)
    count = 0
    for entry in old where entry.count > 0 { place(entry) }
  }
}
