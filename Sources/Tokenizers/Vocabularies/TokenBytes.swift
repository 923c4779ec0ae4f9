import Bytes

/// The bytes of every token, found by id, and the id of some bytes.
struct TokenBytes: Sendable {
  /// Not an id.
  static let noToken = UInt32.max
  /// Ids above this are refused, so that a damaged file cannot ask for all memory.
  static let greatestID = MergeTables.greatestToken

  /// Where an id has no token. An empty token has a start and no length, and no text becomes it.
  private static let nowhere = Place(start: 0, length: 0)
  /// The start of an empty token.
  private static let emptyStart = UInt32.max

  /// Where a token is in the arena.
  private struct Place: BitwiseCopyable {
    var start: UInt32
    var length: UInt32
    var range: Range<Int> { Int(start)..<Int(start) + Int(length) }
  }

  private var arena: [UInt8] = []
  private var places: [Place] = []
  /// Open-addressed, by the hash of the bytes: half of the hash above the id, so that hardly ever
  /// another token's bytes are looked at.
  private var slots: [UInt64] = Array(repeating: free, count: 1024)
  private static let free = UInt64.max
  private var indexed = 0
  /// Whether some id has a token that `find` never gives.
  private(set) var hasOthers = false

  /// Creates an empty table with room for a number of tokens.
  init(capacity: Int = 0) {
    while slots.count < capacity * 2 { slots += slots }
    places.reserveCapacity(capacity)
    arena.reserveCapacity(capacity * 8)
  }

  /// The greatest id plus one.
  var count: Int { places.count }

  /// The total bytes of all tokens.
  var byteCount: Int { arena.count }

  /// Whether an id has a token.
  func contains(_ id: UInt32) -> Bool {
    Int(id) < places.count
      && (places[Int(id)].length > 0 || places[Int(id)].start == Self.emptyStart)
  }

  /// The length in bytes of an id's token; 0 where it has none.
  func length(_ id: UInt32) -> Int { Int(id) < places.count ? Int(places[Int(id)].length) : 0 }

  /// Appends the bytes of an id's token; false where it has none.
  func append(_ id: UInt32, to bytes: inout [UInt8]) -> Bool {
    guard contains(id) else { return false }
    let place = places[Int(id)]
    if place.length == 0 { return true }
    bytes.append(arena.span, from: place.range.lowerBound, to: place.range.upperBound)
    return true
  }

  /// Adds a token.
  ///
  /// - Parameters:
  ///   - token: Its bytes; none for a token that only takes an id.
  ///   - id: Its id, at most `greatestID`, not yet in use.
  ///   - isText: Whether `find` gives it; not so for tokens that text never becomes.
  mutating func add(_ token: Span<UInt8>, id: UInt32, isText: Bool = true) {
    while places.count <= Int(id) { places.append(Self.nowhere) }
    places[Int(id)] = Place(
      start: token.isEmpty ? Self.emptyStart : UInt32(arena.count), length: UInt32(token.count))
    arena.append(token)
    guard isText, !token.isEmpty else {
      hasOthers = true
      return
    }
    if indexed * 2 >= slots.count { growIndex() }
    place(id, hash: Self.hash(token))
    indexed += 1
  }

  /// The bytes of an id's token; none where it has none.
  @_lifetime(borrow self)
  func bytes(_ id: UInt32) -> Span<UInt8> {
    arena.span.extracting(length(id) > 0 ? places[Int(id)].range : 0..<0)
  }

  /// An id's token, for a message.
  func text(_ id: UInt32) -> String {
    var token: [UInt8] = []
    _ = append(id, to: &token)
    return String(decoding: token, as: UTF8.self)
  }

  /// Whether any token holds a byte.
  func holds(_ byte: UInt8) -> Bool { arena.contains(byte) }

  /// The id of the token with these bytes, or `noToken`.
  func find(_ token: Span<UInt8>) -> UInt32 {
    let mask = slots.count - 1
    let hash = Self.hash(token)
    var index = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots[index]
      if slot == Self.free { return Self.noToken }
      if (slot ^ hash) >> 32 == 0 {
        let id = UInt32(truncatingIfNeeded: slot)
        if isEqual(id, token) { return id }
      }
      index = (index &+ 1) & mask
    }
  }

  /// Whether a guess at the id that `find` gives is right. It may also say no where it is, so that it costs
  /// less than to find it.
  ///
  /// - Precondition: no two tokens that `find` gives have the same bytes.
  func has(_ token: Span<UInt8>, as id: UInt32) -> Bool {
    Int(id) < places.count && !token.isEmpty && !hasOthers && isEqual(id, token)
  }

  /// Calls a function with every id and the bytes of its token, in the order of ids.
  func forEach(_ body: (UInt32, Span<UInt8>) -> Void) {
    for (id, place) in places.enumerated() where place.length > 0 {
      body(UInt32(id), arena.span.extracting(place.range))
    }
  }

  private func isEqual(_ id: UInt32, _ token: Span<UInt8>) -> Bool {
    let place = places[Int(id)]
    let count = token.count
    guard Int(place.length) == count else { return false }
    let own = arena.span.extracting(place.range)
    var index = 0
    while index &+ 8 <= count {
      let left = own.loadLittleEndian(UInt64.self, at: index)
      if left != token.loadLittleEndian(UInt64.self, at: index) { return false }
      index &+= 8
    }
    while index < count {
      if own[index] != token[index] { return false }
      index &+= 1
    }
    return true
  }

  private mutating func place(_ id: UInt32, hash: UInt64) {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index] != Self.free { index = (index + 1) & mask }
    slots[index] = hash & ~0xFFFF_FFFF | UInt64(id)
  }

  private mutating func growIndex() {
    let old = slots
    slots = Array(repeating: Self.free, count: old.count * 2)
    for slot in old where slot != Self.free {
      let id = UInt32(truncatingIfNeeded: slot)
      place(id, hash: Self.hash(bytes(id)))
    }
  }

  /// A hash of some bytes. Nearly all tokens are short, and are hashed without a call.
  @inline(__always)
  private static func hash(_ token: Span<UInt8>) -> UInt64 {
    let count = token.count
    if count > 16 { return StableHash.xxh3(token) }
    var first: UInt64 = 0
    var last: UInt64 = 0
    if count >= 8 {
      first = token.loadLittleEndian(UInt64.self, at: 0)
      last = token.loadLittleEndian(UInt64.self, at: count &- 8)
    } else if count >= 4 {
      first = UInt64(token.loadLittleEndian(UInt32.self, at: 0))
      last = UInt64(token.loadLittleEndian(UInt32.self, at: count &- 4))
    } else {
      for index in 0..<count { first = first << 8 | UInt64(token[index]) }
    }
    let product = (first ^ 0x9E37_79B9_7F4A_7C15)
      .multipliedFullWidth(by: last ^ 0xA24B_AED4_963E_E407 ^ UInt64(count) << 17)
    return product.high ^ product.low
  }
}

extension TokenBytes {
  /// Adds a token of a file.
  ///
  /// - Throws: `badData` where its id or its bytes are taken, or its id is too great.
  mutating func addChecked(
    _ token: Span<UInt8>, id: UInt32, place: @autoclosure () -> String, isText: Bool = true
  ) throws(CuveeError) {
    guard id <= Self.greatestID else {
      throw .badData(
        "\(place()): the id \(id) is greater than \(Self.greatestID), the most allowed")
    }
    if contains(id) { throw .badData("\(place()): the id \(id) has a token already") }
    if isText, !token.isEmpty {
      let other = find(token)
      if other != Self.noToken { throw .badData("\(place()): the id \(other) has the same bytes") }
    }
    add(token, id: id, isText: isText)
  }

  /// Adds a token of a file.
  ///
  /// - Throws: `badData` where its id or its bytes are taken, or its id is too great.
  mutating func addChecked(
    _ token: [UInt8], id: UInt32, place: @autoclosure () -> String, isText: Bool = true
  ) throws(CuveeError) {
    try addChecked(token.span, id: id, place: place(), isText: isText)
  }

  /// The id of the token with these bytes; nil where there is none.
  subscript(_ token: [UInt8]) -> UInt32? {
    let id = find(token.span)
    return id == Self.noToken ? nil : id
  }
}
