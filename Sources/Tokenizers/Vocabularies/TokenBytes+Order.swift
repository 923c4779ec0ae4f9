import Bytes

extension TokenBytes {
  /// From which end tokens are compared.
  enum Order {
    case fromFirstByte
    case fromLastByte
  }

  /// The ids of the tokens that `find` gives, in the order of their bytes.
  ///
  /// - Parameters:
  ///   - order: From which end bytes are compared.
  ///   - isDistinct: Whether it is known that `find` gives all of them.
  /// - Returns: The ids.
  func sortedIDs(_ order: Order = .fromFirstByte, isDistinct: Bool = false) -> [UInt32] {
    // Eight bytes decide nearly always, and are sorted as one number.
    var keyed: [Keyed] = []
    keyed.reserveCapacity(count)
    forEach { id, token in
      if isDistinct || find(token) == id {
        keyed.append(Keyed(key: Self.key(token, order), id: id))
      }
    }
    Self.sort(&keyed)
    var start = 0
    while start < keyed.count {
      var end = start + 1
      while end < keyed.count, keyed[end].key == keyed[start].key { end += 1 }
      if end - start > 1 {
        keyed[start..<end].sort { isBefore(bytes($0.id), bytes($1.id), order) }
      }
      start = end
    }
    return keyed.map(\.id)
  }

  /// The longest other token that each token begins with, or ends with, by id; `noToken` where there is
  /// none.
  ///
  /// In the order of bytes all that begins with a token comes right behind it, so the tokens that one
  /// begins with are those of a stack.
  ///
  /// - Precondition: no two tokens have the same bytes.
  func longestParts(_ order: Order) -> [UInt32] {
    var parts = [UInt32](repeating: Self.noToken, count: count)
    var stack: [UInt32] = []
    for id in sortedIDs(order, isDistinct: true) {
      let token = bytes(id)
      while let last = stack.last, !isPart(bytes(last), of: token, order) { stack.removeLast() }
      if let last = stack.last { parts[Int(id)] = last }
      stack.append(id)
    }
    return parts
  }

  private struct Keyed: BitwiseCopyable {
    var key: UInt64
    var id: UInt32
  }

  private static func key(_ token: Span<UInt8>, _ order: Order) -> UInt64 {
    let count = token.count
    if count >= 8 {
      return switch order {
      case .fromFirstByte: token.loadLittleEndian(UInt64.self, at: 0).byteSwapped
      case .fromLastByte: token.loadLittleEndian(UInt64.self, at: count - 8)
      }
    }
    var key: UInt64 = 0
    for index in 0..<count {
      key = key << 8 | UInt64(token[order == .fromFirstByte ? index : count - 1 - index])
    }
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

  private func isBefore(_ left: Span<UInt8>, _ right: Span<UInt8>, _ order: Order) -> Bool {
    let (leftCount, rightCount) = (left.count, right.count)
    for index in 0..<min(leftCount, rightCount) {
      let isForward = order == .fromFirstByte
      let first = left[isForward ? index : leftCount - 1 - index]
      let second = right[isForward ? index : rightCount - 1 - index]
      if first != second { return first < second }
    }
    return leftCount < rightCount
  }

  private func isPart(_ part: Span<UInt8>, of token: Span<UInt8>, _ order: Order) -> Bool {
    let count = part.count
    guard count < token.count else { return false }
    let offset = order == .fromFirstByte ? 0 : token.count - count
    for index in 0..<count where part[index] != token[offset + index] { return false }
    return true
  }
}
