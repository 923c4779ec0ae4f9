import CByteKernels

extension TokenBytes {
  /// Calls a function with every way in which a token is two tokens one behind the other, and its id.
  ///
  /// The tokens that one begins with are the longest of them, the longest that this begins with, and so
  /// on. Most tokens begin with one that is hardly shorter, so it is soon found; lengths that no token
  /// has are passed over, because few are great.
  func forEachSplit(_ body: (_ left: UInt32, _ right: UInt32, _ id: UInt32) -> Void) {
    let beginnings = longestBeginnings()
    var cuts = Cuts(tokens: self)
    forEachPlace { id, token in
      var left = beginnings[Int(id)]
      while left != Self.noToken {
        let length = UInt32(truncatingIfNeeded: length(left))
        cuts.add(
          id, left: left,
          right: cuvee_token_place(start: token.start + length, length: token.length - length))
        left = beginnings[Int(left)]
      }
      if cuts.count >= Cuts.batch { cuts.flush(body) }
    }
    cuts.flush(body)
  }

  /// The longest other token that each token begins with, by id, or `noToken`.
  private func longestBeginnings() -> [UInt32] {
    var hasLength: [UInt8] = [0]
    var ids: [UInt32] = []
    ids.reserveCapacity(count)
    forEachPlace { id, place in
      ids.append(id)
      let length = Int(place.length)
      if hasLength.count <= length {
        hasLength += Array(repeating: 0, count: length + 1 - hasLength.count)
      }
      hasLength[length] = 1
    }
    return kernels.longestBeginnings(ids, hasLength: hasLength)
  }

  /// Places where tokens may be cut behind a token.
  private struct Cuts {
    /// How many are looked up at once.
    static let batch = 4096

    private let tokens: TokenBytes
    private var ids: [UInt32] = []
    private var lefts: [UInt32] = []
    private var rights: [cuvee_token_place] = []

    init(tokens: TokenBytes) { self.tokens = tokens }

    var count: Int { ids.count }

    mutating func add(_ id: UInt32, left: UInt32, right: cuvee_token_place) {
      ids.append(id)
      lefts.append(left)
      rights.append(right)
    }

    /// Gives the cuts behind which is a token as well, and forgets all.
    mutating func flush(_ body: (UInt32, UInt32, UInt32) -> Void) {
      let found = tokens.find(rights.span)
      for index in ids.indices where found[index] != TokenBytes.noToken {
        body(lefts[index], found[index], ids[index])
      }
      ids.removeAll(keepingCapacity: true)
      lefts.removeAll(keepingCapacity: true)
      rights.removeAll(keepingCapacity: true)
    }
  }
}
