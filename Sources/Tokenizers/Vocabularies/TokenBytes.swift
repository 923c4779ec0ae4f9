import Bytes

/// The bytes of every token, found by id, and the id of some bytes.
struct TokenBytes: Sendable {
  /// Not an id.
  static let noToken = UInt32.max
  /// Ids above this are refused, so that a damaged file cannot ask for all memory.
  static let greatestID = MergeTables.greatestToken

  private var arena: [UInt8] = []
  private var starts: [UInt32] = []
  /// The length of each token; 0 where the id has none.
  private var lengths: [UInt32] = []
  /// Open-addressed: ids by the hash of their bytes.
  private var slots: [UInt32] = Array(repeating: noToken, count: 1024)
  private var indexed = 0

  /// The greatest id plus one.
  var count: Int { lengths.count }

  /// The total bytes of all tokens.
  var byteCount: Int { arena.count }

  /// Whether an id has a token.
  func contains(_ id: UInt32) -> Bool { Int(id) < lengths.count && lengths[Int(id)] > 0 }

  /// The length in bytes of an id's token; 0 where it has none.
  func length(_ id: UInt32) -> Int { Int(id) < lengths.count ? Int(lengths[Int(id)]) : 0 }

  /// Appends the bytes of an id's token; false where it has none.
  func append(_ id: UInt32, to bytes: inout [UInt8]) -> Bool {
    guard contains(id) else { return false }
    let start = Int(starts[Int(id)])
    bytes.append(arena.span, from: start, to: start + Int(lengths[Int(id)]))
    return true
  }

  /// Adds a token.
  ///
  /// - Parameters:
  ///   - token: Its bytes, not empty.
  ///   - id: Its id, at most `greatestID`, not yet in use.
  ///   - isText: Whether `find` gives it; not so for tokens that text never becomes.
  mutating func add(_ token: Span<UInt8>, id: UInt32, isText: Bool = true) {
    let missing = Int(id) + 1 - lengths.count
    if missing > 0 {
      starts += Array(repeating: 0, count: missing)
      lengths += Array(repeating: 0, count: missing)
    }
    starts[Int(id)] = UInt32(arena.count)
    lengths[Int(id)] = UInt32(token.count)
    arena.append(token)
    guard isText else { return }
    if indexed * 2 >= slots.count { growIndex() }
    place(id, hash: StableHash.xxh3(token))
    indexed += 1
  }

  /// The id of the token with these bytes, or `noToken`.
  func find(_ token: Span<UInt8>) -> UInt32 {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: StableHash.xxh3(token)) & mask
    while true {
      let id = slots[index]
      if id == Self.noToken || isEqual(id, token) { return id }
      index = (index + 1) & mask
    }
  }

  /// Calls a function with every id and the bytes of its token, in the order of ids.
  func forEach(_ body: (UInt32, Span<UInt8>) -> Void) {
    for id in 0..<lengths.count where lengths[id] > 0 {
      let start = Int(starts[id])
      body(UInt32(id), arena.span.extracting(start..<start + Int(lengths[id])))
    }
  }

  private func isEqual(_ id: UInt32, _ token: Span<UInt8>) -> Bool {
    guard Int(lengths[Int(id)]) == token.count else { return false }
    let start = Int(starts[Int(id)])
    for index in 0..<token.count where arena[start + index] != token[index] { return false }
    return true
  }

  private mutating func place(_ id: UInt32, hash: UInt64) {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index] != Self.noToken { index = (index + 1) & mask }
    slots[index] = id
  }

  private mutating func growIndex() {
    let old = slots
    slots = Array(repeating: Self.noToken, count: old.count * 2)
    for id in old where id != Self.noToken { place(id, hash: hash(of: id)) }
  }

  private func hash(of id: UInt32) -> UInt64 {
    let start = Int(starts[Int(id)])
    return StableHash.xxh3(arena.span.extracting(start..<start + Int(lengths[Int(id)])))
  }
}

extension TokenBytes {
  /// Adds a token of a file.
  ///
  /// - Throws: `badData` where its id or its bytes are taken, or its id is too great.
  mutating func addChecked(
    _ token: [UInt8], id: UInt32, place: String, isText: Bool = true
  ) throws(CuveeError) {
    guard id <= Self.greatestID else {
      throw .badData("\(place): the id \(id) is greater than \(Self.greatestID), the most allowed")
    }
    if contains(id) { throw .badData("\(place): the id \(id) has a token already") }
    if isText {
      let other = find(token.span)
      if other != Self.noToken { throw .badData("\(place): the id \(other) has the same bytes") }
    }
    add(token.span, id: id, isText: isText)
  }
}
