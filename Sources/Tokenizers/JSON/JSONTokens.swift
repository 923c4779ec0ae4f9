import Bytes

/// An object of JSON from tokens to ids, in its order.
///
/// Tokens are told apart by their bytes. Swift's strings are equal where they are canonically
/// equivalent, so a dictionary of strings would lose one of two such tokens.
struct JSONTokens {
  private(set) var contents = ByteStrings()
  private(set) var ids: [UInt32] = []

  /// Reads an object.
  ///
  /// - Throws: `badData` for what is not JSON, and for a value that is no id.
  init(_ cursor: inout JSONCursor) throws(CuveeError) {
    var isFirst = true
    try cursor.expect(UInt8(ascii: "{"))
    while try cursor.next(&isFirst, until: UInt8(ascii: "}")) {
      try contents.append(&cursor)
      try cursor.expect(UInt8(ascii: ":"))
      ids.append(try cursor.id())
    }
  }

  /// The tokens by their bytes as written.
  ///
  /// Where a token is there twice, the last id counts, as in Hugging Face's own reader.
  ///
  /// - Parameter place: What messages begin with.
  /// - Returns: The tokens by their ids.
  /// - Throws: `badData` for an empty token, and where two tokens have one id.
  func table(place: String) throws(CuveeError) -> TokenBytes {
    for index in ids.indices where contents[index].isEmpty {
      throw .badData("\(place): the token of id \(ids[index]) is empty")
    }
    do throws(TokenBytes.Clash) {
      return try TokenBytes(contents, ids: ids)
    } catch {
      if case .sameBytes = error.reason { return try withoutRepeated().table(place: place) }
      throw .badData("\(place): the token of id \(ids[error.index]): \(error)")
    }
  }

  private func withoutRepeated() -> JSONTokens {
    var last: [[UInt8]: Int] = [:]
    for index in ids.indices { last[Array(contents.text(index).utf8)] = index }
    var result = self
    let kept = last.values.sorted()
    result.contents = contents.selecting(kept)
    result.ids = kept.map { ids[$0] }
    return result
  }
}
