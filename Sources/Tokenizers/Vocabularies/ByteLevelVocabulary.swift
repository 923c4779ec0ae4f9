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
    let byteOf = byteOf.span
    var index = 0
    while index < text.count {
      let first = text[index]
      if first > 0x20, first < 0x7F {
        bytes.append(first)
        index += 1
        continue
      }
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
    var list = ByteStrings(capacity: written.count)
    var ids: [UInt32] = []
    ids.reserveCapacity(written.count)
    var others: [UInt32] = []
    var bytes: [UInt8] = []
    written.forEach { id, token in
      bytes.removeAll(keepingCapacity: true)
      if append(token, to: &bytes) {
        list.append(bytes.span)
        ids.append(id)
      } else {
        others.append(id)
      }
    }
    var tokens: TokenBytes
    do throws(TokenBytes.Clash) {
      tokens = try TokenBytes(list, ids: ids)
    } catch {
      throw .badData("\(place): token \"\(written.text(error.id))\": \(error)")
    }
    for id in others {
      try tokens.addChecked(
        written.bytes(id), id: id, place: "\(place): token \"\(written.text(id))\"",
        isText: false)
    }
    return tokens
  }

  /// The pairs of a list of merges, two strings each.
  ///
  /// - Parameters:
  ///   - merges: The merges.
  ///   - written: The tokens as written, from which `tokens(of:place:)` has made those of bytes.
  ///   - place: What messages begin with.
  /// - Returns: The pairs; the place in the list is the rank.
  /// - Throws: `badData` where a merge names or gives what is no token.
  static func pairs(
    of merges: ByteStrings, written: TokenBytes, place: String
  ) throws(CuveeError) -> PairList {
    // A token that is not written in visible bytes is none of bytes.
    var bytes: [UInt8] = []
    var isText = [Bool](repeating: false, count: written.count)
    written.forEach { id, token in
      bytes.removeAll(keepingCapacity: true)
      isText[Int(id)] = append(token, to: &bytes)
    }
    return try MergeList(merges, place: place).pairs(in: written) {
      rank, left, right throws(CuveeError) in
      let isKnown = max(left, right) != TokenBytes.noToken
      if isKnown, isText[Int(left)], isText[Int(right)] { return }
      bytes.removeAll()
      if append(merges[2 * rank], to: &bytes), append(merges[2 * rank + 1], to: &bytes) { return }
      throw .badData("\(place): merge \(merges.merge(rank)) is not byte-level")
    }
  }
}
