import Bytes

extension TokenBytes {
  /// The ids of the tokens that `find` gives, in the order of their bytes.
  func sortedIDs() -> [UInt32] {
    // Eight bytes decide nearly always, and are sorted as one number.
    var keyed: [Keyed] = []
    keyed.reserveCapacity(count)
    forEach { id, token in
      if find(token) == id { keyed.append(Keyed(key: Self.key(token), id: id)) }
    }
    Self.sort(&keyed)
    var start = 0
    while start < keyed.count {
      var end = start + 1
      while end < keyed.count, keyed[end].key == keyed[start].key { end += 1 }
      if end - start > 1 {
        keyed[start..<end].sort { isBefore(bytes($0.id), bytes($1.id)) }
      }
      start = end
    }
    return keyed.map(\.id)
  }

  private struct Keyed: BitwiseCopyable {
    var key: UInt64
    var id: UInt32
  }

  private static func key(_ token: Span<UInt8>) -> UInt64 {
    let count = token.count
    if count >= 8 { return token.loadLittleEndian(UInt64.self, at: 0).byteSwapped }
    var key: UInt64 = 0
    for index in 0..<count { key = key << 8 | UInt64(token[index]) }
    return key << UInt64(8 * (8 - count))
  }

  /// Sorts by the keys, 16 bits at a time from the lowest.
  private static func sort(_ keyed: inout [Keyed]) {
    var other = keyed
    for shift: UInt64 in [0, 16, 32, 48] {
      var places = [Int](repeating: 0, count: 1 << 16)
      for entry in keyed { places[Int(entry.key >> shift & 0xFFFF)] += 1 }
      var next = 0
      for digit in places.indices { (places[digit], next) = (next, next + places[digit]) }
      for entry in keyed {
        let digit = Int(entry.key >> shift & 0xFFFF)
        other[places[digit]] = entry
        places[digit] += 1
      }
      swap(&keyed, &other)
    }
  }

  private func isBefore(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      return left[index] < right[index]
    }
    return left.count < right.count
  }
}
