import CByteKernels

/// Finds added tokens in text: the leftmost, and the longest of those that start there.
struct AddedTokenMatcher: Sendable {
  /// A place in a text where an added token stands.
  struct Match {
    var start: Int
    var end: Int
    var id: UInt32
    /// Whether the token is a special one, which in text is ordinary text unless those are asked
    /// for. Its place is found all the same, because it hides what overlaps it.
    var isSpecial: Bool
  }

  private static let none = UInt32.max
  /// A trie: for each node 256 nodes, 0 where there is none.
  private var children = [UInt32](repeating: 0, count: 256)
  private var idOf: [UInt32] = [none]
  private var isSpecial: [Bool] = [false]
  /// The first two bytes of all tokens, `first | second << 8`, while they are few and no token is
  /// shorter: where none of them stands, no token does.
  private var beginnings: [UInt16] = []
  private var hasBeginnings = true

  /// Whether any token is there that is not special.
  private(set) var findsTokens = false
  /// Whether there is no token at all.
  var isEmpty: Bool { idOf.count == 1 }

  /// The same tokens, none of which is special.
  var parsingSpecial: AddedTokenMatcher {
    var result = self
    result.isSpecial = isSpecial.map { _ in false }
    result.findsTokens = !isEmpty
    return result
  }

  /// Whether any token is to be found, given whether special ones are.
  func finds(special: Bool) -> Bool { findsTokens || special && !isEmpty }

  /// Adds a token, which is not empty.
  mutating func add(_ content: [UInt8], id: UInt32, isSpecial special: Bool) {
    var node = 0
    for byte in content {
      let slot = node * 256 + Int(byte)
      if children[slot] == 0 {
        children[slot] = UInt32(idOf.count)
        children += Array(repeating: 0, count: 256)
        idOf.append(Self.none)
        isSpecial.append(false)
      }
      node = Int(children[slot])
    }
    idOf[node] = id
    isSpecial[node] = special
    if !special { findsTokens = true }
    guard content.count > 1 else {
      hasBeginnings = false
      return
    }
    let beginning = UInt16(content[0]) | UInt16(content[1]) << 8
    if !beginnings.contains(beginning) { beginnings.append(beginning) }
    hasBeginnings = hasBeginnings && beginnings.count <= Int(CUVEE_MOST_PAIRS)
  }

  /// The first match that starts at an offset or after it.
  func next(in text: Span<UInt8>, from start: Int) -> Match? {
    var index = start
    while index < text.count {
      if hasBeginnings { index = beginning(in: text, from: index) }
      guard index < text.count else { return nil }
      if children[Int(text[index])] != 0, let match = match(in: text, at: index) { return match }
      index += 1
    }
    return nil
  }

  /// The first match of a token that is not special, from an offset on at which no match reaches in.
  func nextOrdinary(in text: Span<UInt8>, from start: Int) -> Match? {
    guard findsTokens else { return nil }
    var from = start
    while let match = next(in: text, from: from) {
      if !match.isSpecial { return match }
      from = match.end
    }
    return nil
  }

  /// The longest match that starts at an offset.
  func match(in text: Span<UInt8>, at start: Int) -> Match? {
    var node = 0
    var index = start
    var found: Match?
    while index < text.count {
      node = Int(children[node * 256 + Int(text[index])])
      if node == 0 { break }
      index += 1
      if idOf[node] != Self.none {
        found = Match(start: start, end: index, id: idOf[node], isSpecial: isSpecial[node])
      }
    }
    return found
  }

  /// The first offset from one on at which a token may start, or the end of the text.
  private func beginning(in text: Span<UInt8>, from start: Int) -> Int {
    unsafe text.withUnsafeBufferPointer { bytes in
      unsafe beginnings.withUnsafeBufferPointer { pairs in
        guard let address = bytes.baseAddress else { return bytes.count }
        // It reads from `start` to the end of the text, which `start` does not pass.
        return unsafe start
          + cuvee_find_pair(
            address + start, bytes.count - start, pairs.baseAddress, Int32(pairs.count))
      }
    }
  }
}
