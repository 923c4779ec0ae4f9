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
    _ list: [HuggingFaceFile.AddedToken], vocabulary: TokenBytes,
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
      let isSpecial = token.special ?? false
      if isSpecial { special[token.content] = token.id }
      let options = AddedTokens.Options(
        isSpecial: isSpecial, isWord: token.single_word ?? false,
        stripsLeft: token.lstrip ?? false, stripsRight: token.rstrip ?? false)
      if token.normalized ?? !isSpecial {
        let content = normalizer?.apply(bytes) ?? bytes
        if !content.isEmpty { normalized.add(content, id: token.id, options) }
      } else {
        raw.add(bytes, id: token.id, options)
      }
    }
  }
}
