import Bytes

/// A vocabulary whose bytes are written as visible characters, as GPT-2's encoder.json has them:
/// printable Latin-1 stands for itself, each other byte for the next character from U+0100 on.
enum ByteLevelVocabulary {
  /// A pair of tokens that merge, as written.
  typealias Merge = (left: Substring, right: Substring)

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

  /// The bytes that characters stand for, or nil where one of them stands for none.
  static func bytes(of text: some StringProtocol) -> [UInt8]? {
    var result: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard Int(scalar.value) < byteOf.count, let byte = byteOf[Int(scalar.value)] else {
        return nil
      }
      result.append(byte)
    }
    return result
  }

  /// The tokens of a vocabulary. One that is not written in visible bytes is never found in text.
  ///
  /// - Throws: `badData` where ids or bytes clash.
  static func tokens(of vocabulary: [String: UInt32], place: String) throws(CuveeError)
    -> TokenBytes
  {
    var tokens = TokenBytes()
    for (content, id) in vocabulary.sorted(by: { $0.value < $1.value }) {
      if content.isEmpty { throw .badData("\(place): the token of id \(id) is empty") }
      let place = "\(place): token \"\(content)\""
      if let bytes = bytes(of: content) {
        try tokens.addChecked(bytes, id: id, place: place)
      } else {
        try tokens.addChecked(Array(content.utf8), id: id, place: place, isText: false)
      }
    }
    return tokens
  }

  /// The pairs of a list of merges; the place in the list is the rank.
  ///
  /// - Throws: `badData` where a merge names or gives what is no token.
  static func pairs(
    of merges: [Merge], tokens: TokenBytes, place: String
  ) throws(CuveeError) -> PairTable {
    guard merges.count <= MergeTables.greatestRank else {
      throw .badData(
        "\(place): \(merges.count) merges; at most \(MergeTables.greatestRank) are allowed")
    }
    var pairs = PairTable(capacity: merges.count)
    for (rank, merge) in merges.enumerated() {
      guard let left = bytes(of: merge.left), let right = bytes(of: merge.right) else {
        throw .badData(
          "\(place): merge \(rank + 1), \"\(merge.left) \(merge.right)\", is not byte-level")
      }
      let whole = left + right
      let ids = [left, right, whole].map { tokens.find($0.span) }
      guard !ids.contains(TokenBytes.noToken) else {
        throw .badData(
          "\(place): merge \(rank + 1), \"\(merge.left) \(merge.right)\", needs tokens that the "
            + "vocabulary does not have")
      }
      pairs.insert(ids[0], ids[1], rank: UInt32(truncatingIfNeeded: rank), merged: ids[2])
    }
    return pairs
  }

  /// A merge as written on a line: two tokens with one space between.
  static func merge(of line: Substring) -> Merge? {
    // By code points: a mark behind a space is one Character with it.
    let fields = line.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false)
    guard fields.count == 2, !fields[0].isEmpty, !fields[1].isEmpty else { return nil }
    return (Substring(fields[0]), Substring(fields[1]))
  }
}
