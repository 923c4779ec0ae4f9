import Bytes

/// The added tokens of a tokenizer.json, by where they are looked for.
struct HuggingFaceAddedTokens {
  private(set) var raw = AddedTokens()
  private(set) var normalized = AddedTokens()
  private(set) var special: [String: UInt32] = [:]

  /// Reads them, and adds those to the tokens that are not there yet.
  ///
  /// - Throws: `badData` where one contradicts the vocabulary.
  init(
    _ list: [AddedToken], vocabulary: TokenBytes,
    normalizer: TextNormalizer?, tokens: inout TokenBytes, place: String
  ) throws(CuveeError) {
    for token in list {
      let name = "\(place): added token \"\(token.content)\""
      if token.content.isEmpty { throw .badData("\(name) is empty") }
      let bytes = Array(token.content.utf8)
      if let id = vocabulary[bytes] {
        guard id == token.id else {
          throw .badData("\(name) has the id \(token.id), but \(id) in the vocabulary")
        }
      } else {
        try tokens.addChecked(bytes, id: token.id, place: name, isText: false)
      }
      if token.isSpecial { special[token.content] = token.id }
      let options = AddedTokens.Options(
        isSpecial: token.isSpecial, isWord: token.isWord,
        stripsLeft: token.stripsLeft, stripsRight: token.stripsRight)
      if token.isNormalized {
        let content = normalizer?.apply(bytes) ?? bytes
        if !content.isEmpty { normalized.add(content, id: token.id, options) }
      } else {
        raw.add(bytes, id: token.id, options)
      }
    }
  }
}
