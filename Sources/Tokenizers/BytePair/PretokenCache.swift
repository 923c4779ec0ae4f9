import Bytes

/// Remembers the ids of pieces within a budget of bytes.
///
/// Text repeats itself: a few ten thousand pieces cover most of it. When the budget is spent all is
/// forgotten, which costs little and keeps both memory and ids the same for any order of texts.
struct PretokenCache {
  private let budget: Int
  private var short: ShortPretokenTable
  private var long: LongPretokenTable
  /// The ids of the pieces that do not fit their entry.
  private var spilled: [UInt32] = []

  /// Creates an empty cache.
  ///
  /// - Parameter budget: The most bytes to hold; clamped to 64 KiB...1 GiB.
  init(budget: Int) {
    self.budget = min(max(budget, 1 << 16), 1 << 30)
    short = ShortPretokenTable(capacity: 512)
    long = LongPretokenTable(capacity: 64)
  }

  /// Reads the place of a short piece, so that it is near when it is asked for.
  @inline(__always)
  func touch(_ hash: Int) -> UInt32 { short.touch(hash) }

  /// The entry of a short piece with a hash; its count is 0 where it is not known.
  @inline(__always)
  func find(_ key: PretokenKey, hash: Int) -> ShortPretokenTable.Entry {
    short.find(key, hash: hash)
  }

  /// One of the ids that did not fit an entry.
  @inline(__always)
  func spilledID(_ index: UInt32) -> UInt32 { spilled[Int(index)] }

  /// Appends the ids of a short piece with a hash; false where it is not known.
  @inline(__always)
  func append(_ key: PretokenKey, hash: Int, to ids: inout [UInt32]) -> Bool {
    let entry = short.find(key, hash: hash)
    switch entry.count {
    case 1: ids.append(entry.first)
    case 0: return false
    case 2:
      ids.append(entry.first)
      ids.append(entry.second)
    case 3:
      ids.append(entry.first)
      ids.append(entry.second)
      ids.append(entry.third)
    default: appendSpilled(from: Int(entry.first), count: Int(entry.count), to: &ids)
    }
    return true
  }

  /// Appends the ids of a long piece; false where it is not known.
  func append(_ piece: Span<UInt8>, hash: UInt64, to ids: inout [UInt32]) -> Bool {
    let entry = long.find(piece, hash: hash)
    if entry.count == 0 { return false }
    appendSpilled(from: Int(entry.idStart), count: Int(entry.count), to: &ids)
    return true
  }

  /// Remembers the ids of a short piece: those of a list from an offset to its end.
  mutating func insert(_ key: PretokenKey, ids: [UInt32], from start: Int) {
    let count = ids.count - start
    guard count > 0 else { return }
    makeRoom(count)
    var entry = ShortPretokenTable.Entry.empty
    entry.key = key
    entry.count = UInt32(count)
    if count > 3 {
      entry.first = UInt32(spilled.count)
      spilled += ids[start...]
    } else {
      entry.first = ids[start]
      if count > 1 { entry.second = ids[start + 1] }
      if count > 2 { entry.third = ids[start + 2] }
    }
    short.insert(entry)
  }

  /// Remembers the ids of a long piece: those of a list from an offset to its end.
  mutating func insert(_ piece: Span<UInt8>, hash: UInt64, ids: [UInt32], from start: Int) {
    let count = ids.count - start
    guard count > 0 else { return }
    makeRoom(count)
    long.insert(piece, hash: hash, idStart: spilled.count, count: count)
    spilled += ids[start...]
  }

  private mutating func makeRoom(_ ids: Int) {
    let bytes =
      short.bytesAfterInsertion + long.bytesAfterInsertion
      + (spilled.count + ids) * MemoryLayout<UInt32>.stride
    if bytes > budget { self = PretokenCache(budget: budget) }
  }

  @inline(never)
  private func appendSpilled(from start: Int, count: Int, to ids: inout [UInt32]) {
    ids += spilled[start..<start + count]
  }
}
