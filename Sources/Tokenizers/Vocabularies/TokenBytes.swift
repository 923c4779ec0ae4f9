import Bytes
import CByteKernels

/// The bytes of every token, found by id, and the id of some bytes.
struct TokenBytes: Sendable {
  /// Not an id.
  static let noToken = UInt32.max
  /// Ids above this are refused, so that a damaged file cannot ask for all memory.
  static let greatestID = MergeTables.greatestToken

  /// Where an id has no token. An empty token has a start and no length, and no text becomes it.
  private static let nowhere = cuvee_token_place(start: 0, length: 0)
  /// The start of an empty token.
  private static let emptyStart = UInt32.max

  private var arena: [UInt8] = []
  /// Where each id's token is in the arena.
  private var places: [cuvee_token_place] = []
  /// The ids by the bytes of their tokens, as the kernels have them.
  private var slots: [UInt64] = Array(repeating: free, count: 1024)
  private static let free = TokenTable.free
  private var indexed = 0
  /// Whether some id has a token that `find` never gives.
  private(set) var hasOthers = false

  /// Creates an empty table with room for a number of tokens.
  init(capacity: Int = 0) {
    slots = Array(repeating: Self.free, count: Self.slotCount(capacity))
    places.reserveCapacity(capacity)
    arena.reserveCapacity(capacity * 8)
  }

  /// Creates the table of a list of tokens, each with its id; all at once takes a fraction of adding
  /// them one by one. Those without bytes only take an id.
  ///
  /// - Throws: The first that does not go with those before it.
  init(_ strings: consuming ByteStrings, ids: [UInt32]) throws(Clash) {
    let (bytes, stringPlaces) = strings.parts()
    precondition(ids.count == stringPlaces.count)
    var places = [cuvee_token_place](
      repeating: Self.nowhere, count: Int(min(ids.max() ?? 0, Self.greatestID)) + 1)
    if ids.isEmpty { places = [] }
    var clash: Clash?
    var count = ids.count
    for (index, id) in ids.enumerated() {
      if id > Self.greatestID {
        clash = Clash(index: index, id: id, reason: .tooGreat)
      } else if Self.isTaken(places[Int(id)]) {
        clash = Clash(index: index, id: id, reason: .sameID)
      }
      if clash != nil {
        count = index
        break
      }
      places[Int(id)] = stringPlaces[index]
      if stringPlaces[index].length == 0 {
        places[Int(id)].start = Self.emptyStart
        hasOthers = true
      } else {
        indexed += 1
      }
    }
    arena = bytes
    self.places = places
    var slots = [UInt64](repeating: Self.free, count: Self.slotCount(indexed))
    let first = TokenTable.index(
      ids.span.extracting(0..<count), places: places, arena: bytes, into: &slots)
    self.slots = slots
    if let (index, other) = first {
      throw Clash(index: index, id: ids[index], reason: .sameBytes(other))
    }
    if let clash { throw clash }
  }

  private static func slotCount(_ tokens: Int) -> Int {
    var count = 1024
    while count < tokens * 2 { count *= 2 }
    return count
  }

  private static func isTaken(_ place: cuvee_token_place) -> Bool {
    place.length > 0 || place.start == emptyStart
  }

  /// The greatest id plus one.
  var count: Int { places.count }

  /// The total bytes of all tokens.
  var byteCount: Int { arena.count }

  /// Whether an id has a token.
  func contains(_ id: UInt32) -> Bool {
    Int(id) < places.count && Self.isTaken(places[Int(id)])
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
    places[Int(id)] = cuvee_token_place(
      start: token.isEmpty ? Self.emptyStart : UInt32(arena.count), length: UInt32(token.count))
    arena.append(token)
    guard isText, !token.isEmpty else {
      hasOthers = true
      return
    }
    if indexed * 2 >= slots.count { growIndex() }
    place(id, hash: TokenTable.hash(token))
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
    let hash = TokenTable.hash(token)
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

  /// What `find` gives for each of some strings of a text. Many at once take a fraction of one by one.
  ///
  /// - Precondition: all lie inside the text.
  func find(_ strings: Span<cuvee_token_place>, in text: Span<UInt8>) -> [UInt32] {
    kernels.find(strings, in: text)
  }

  /// What `find` gives for parts of tokens, by where they are in the bytes of all tokens.
  func find(_ parts: Span<cuvee_token_place>) -> [UInt32] { kernels.find(parts, in: arena.span) }

  /// The table as the kernels take it.
  var kernels: TokenTable { TokenTable(slots: slots, places: places, arena: arena) }

  /// Whether a guess at the id that `find` gives for two strings one behind the other is right. It may
  /// also say no where it is, so that it costs less than to find it.
  ///
  /// - Precondition: no two tokens that `find` gives have the same bytes.
  func has(_ first: Span<UInt8>, _ second: Span<UInt8>, as id: UInt32) -> Bool {
    guard Int(id) < places.count, !hasOthers,
      Int(places[Int(id)].length) == first.count + second.count,
      first.count > 0
    else { return false }
    let own = bytes(id)
    return Self.isEqual(own.extracting(0..<first.count), first)
      && Self.isEqual(own.extracting(first.count..<own.count), second)
  }

  /// Calls a function with every id and the bytes of its token, in the order of ids.
  func forEach(_ body: (UInt32, Span<UInt8>) -> Void) {
    forEachPlace { id, place in body(id, arena.span.extracting(place.range)) }
  }

  /// Calls a function with every id and where its token is in the bytes of all tokens, in the order of
  /// ids.
  func forEachPlace(_ body: (UInt32, cuvee_token_place) -> Void) {
    for (id, place) in places.enumerated() where place.length > 0 { body(UInt32(id), place) }
  }

  private func isEqual(_ id: UInt32, _ token: Span<UInt8>) -> Bool {
    let place = places[Int(id)]
    guard Int(place.length) == token.count else { return false }
    return Self.isEqual(arena.span.extracting(place.range), token)
  }

  /// Whether strings of one length are the same.
  @inline(__always)
  private static func isEqual(_ own: Span<UInt8>, _ token: Span<UInt8>) -> Bool {
    let count = token.count
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
      place(id, hash: TokenTable.hash(bytes(id)))
    }
  }
}

extension cuvee_token_place {
  fileprivate var range: Range<Int> { Int(start)..<Int(start) + Int(length) }
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
