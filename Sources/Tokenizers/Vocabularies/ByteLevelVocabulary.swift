import Bytes

/// A vocabulary whose bytes are written as visible characters, as GPT-2's encoder.json has them:
/// printable Latin-1 stands for itself, each other byte for the next character from U+0100 on.
enum ByteLevelVocabulary {
  /// The byte of each character from U+0000 on, or nil.
  private static let byteOf: [UInt8?] = {
    var result = [UInt8?](repeating: nil, count: 0x144)
    var next = 0x100
    for byte in UInt8.min...UInt8.max {
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: result[Int(byte)] = byte
      default:
        result[next] = byte
        next += 1
      }
    }
    return result
  }()

  private static let characterOf: [UInt32] = {
    var result = [UInt32](repeating: 0, count: 256)
    for (character, byte) in byteOf.enumerated() {
      if let byte { result[Int(byte)] = UInt32(character) }
    }
    return result
  }()

  /// The character that stands for a byte.
  static func character(_ byte: UInt8) -> UInt32 { characterOf[Int(byte)] }

  /// Appends the bytes that characters stand for; false where one of them stands for none.
  static func append(_ text: Span<UInt8>, to bytes: inout [UInt8]) -> Bool {
    var index = 0
    while index < text.count {
      let (point, length) = UTF8Decoding.scalar(in: text, at: index)
      guard Int(point) < byteOf.count, let byte = byteOf[Int(point)] else { return false }
      bytes.append(byte)
      index += length
    }
    return true
  }

  /// The tokens of a vocabulary, given as written. One that is not written in visible bytes is never
  /// found in text.
  ///
  /// - Throws: `badData` where bytes clash.
  static func tokens(of written: TokenBytes, place: String) throws(CuveeError) -> TokenBytes {
    var tokens = TokenBytes(capacity: written.count)
    var bytes: [UInt8] = []
    for id in 0..<UInt32(written.count) where written.contains(id) {
      bytes.removeAll(keepingCapacity: true)
      let isText = append(written.bytes(id), to: &bytes)
      if !isText {
        bytes.removeAll(keepingCapacity: true)
        _ = written.append(id, to: &bytes)
      }
      try tokens.addChecked(
        bytes, id: id, place: "\(place): token \"\(written.text(id))\"", isText: isText)
    }
    return tokens
  }

  /// The pairs of a list of merges, two strings each; the place in the list is the rank.
  ///
  /// - Throws: `badData` where a merge names or gives what is no token.
  static func pairs(
    of merges: ByteStrings, tokens: TokenBytes, place: String
  ) throws(CuveeError) -> PairList {
    let count = merges.count / 2
    guard count <= MergeTables.greatestRank else {
      throw .badData("\(place): \(count) merges; at most \(MergeTables.greatestRank) are allowed")
    }
    var pairs = PairList(capacity: count)
    var bytes: [UInt8] = []
    // Most lists of merges are in the order of their tokens.
    var next: UInt32 = 0
    for rank in 0..<count {
      bytes.removeAll(keepingCapacity: true)
      var isByteLevel = append(merges[2 * rank], to: &bytes)
      let middle = bytes.count
      isByteLevel = append(merges[2 * rank + 1], to: &bytes) && isByteLevel
      guard isByteLevel else {
        throw .badData("\(place): merge \(merges.merge(rank)) is not byte-level")
      }
      let whole = bytes.span
      let left = tokens.find(whole.extracting(0..<middle))
      let right = tokens.find(whole.extracting(middle..<whole.count))
      let merged = tokens.has(whole, as: next) ? next : tokens.find(whole)
      next = merged &+ 1
      guard max(left, right, merged) != TokenBytes.noToken else {
        throw .badData(
          "\(place): merge \(merges.merge(rank)) needs tokens that the vocabulary does not have")
      }
      pairs.append(left, right, rank: UInt32(truncatingIfNeeded: rank), merged: merged)
    }
    return pairs
  }
}

extension ByteStrings {
  /// A merge, for a message: its number from 1 on, and its two strings.
  func merge(_ rank: Int) -> String { "\(rank + 1), \"\(text(2 * rank)) \(text(2 * rank + 1))\"," }
}
