import Bytes

/// The tokens of each document of a source's table, by ordinal: 12 bytes a document in memory.
struct DocumentLengths {
  private var ordinals: [UInt64] = []
  private var tokens: [UInt32] = []

  /// The documents.
  var count: Int { ordinals.count }

  /// Adds the next document; false when its ordinal does not rise.
  mutating func add(ordinal: UInt64, tokens: UInt32) -> Bool {
    if let last = ordinals.last, ordinal <= last { return false }
    ordinals.append(ordinal)
    self.tokens.append(tokens)
    return true
  }

  /// The tokens of a document, or nil when the table does not have it.
  func tokens(of ordinal: UInt64) -> UInt32? {
    guard let first = ordinals.first, ordinal >= first else { return nil }
    // Ordinals rise by at least one, so the place is at most the distance from the first.
    var upper = Int(min(ordinal - first, UInt64(ordinals.count - 1)))
    var lower = 0
    var middle = upper
    while lower <= upper {
      let found = ordinals[middle]
      if found == ordinal { return tokens[middle] }
      if found < ordinal { lower = middle + 1 } else { upper = middle - 1 }
      middle = lower + (upper - lower) / 2
    }
    return nil
  }
}
