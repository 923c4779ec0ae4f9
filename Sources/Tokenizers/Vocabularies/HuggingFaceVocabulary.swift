import Bytes

/// Reads a Hugging Face tokenizer.json of the GPT-2 and GPT-NeoX families: byte-level byte pairs.
///
/// What is not of these families is an error that names the construct, never something else's ids.
enum HuggingFaceVocabulary {
  /// Whether a file is a tokenizer.json, of whatever kind.
  static func matches(_ file: VocabularyFile) throws(CuveeError) -> Bool {
    try file.decodeJSON(HuggingFaceFile.Kind.self).model != nil
  }

  /// Reads a tokenizer.
  ///
  /// - Throws: `badData` naming what is wrong or not supported yet.
  static func read(_ file: VocabularyFile) throws(CuveeError) -> BytePairTokenizer {
    let type = try file.decodeJSON(HuggingFaceFile.Kind.self).model?.type
    if let type, type != "BPE" { throw unsupported(file.place, "model", type) }
    let json = try file.decodeJSON(HuggingFaceFile.self)
    try check(json.model, place: file.place)
    var tokens = try ByteLevelVocabulary.tokens(of: json.model.vocab, place: file.place)
    let byteTokens = try BytePairModel.byteTokens(of: tokens, place: file.place)
    let pairs = try ByteLevelVocabulary.pairs(
      of: json.model.merges.map(\.pair), tokens: tokens, place: file.place)
    let usesNFC = try usesNFC(json.normalizer, place: file.place)
    let split = try split(json.pre_tokenizer, place: file.place)

    var raw = AddedTokenMatcher()
    var normalized = AddedTokenMatcher()
    var special: [String: UInt32] = [:]
    for token in json.added_tokens ?? [] {
      try check(token, vocabulary: json.model.vocab, place: file.place)
      if json.model.vocab[token.content] == nil {
        try tokens.addChecked(
          Array(token.content.utf8), id: token.id,
          place: "\(file.place): added token \"\(token.content)\"", isText: false)
      }
      let isSpecial = token.special ?? false
      if isSpecial { special[token.content] = token.id }
      if token.normalized ?? !isSpecial {
        let content = usesNFC ? normalForm(token.content) : Array(token.content.utf8)
        normalized.add(content, id: token.id, isSpecial: isSpecial)
      } else {
        raw.add(Array(token.content.utf8), id: token.id, isSpecial: isSpecial)
      }
    }
    let model = BytePairModel(
      tokens: tokens, byteTokens: byteTokens, pairs: pairs,
      prefersWholePieces: json.model.ignore_merges ?? false)
    return BytePairTokenizer(
      model: model, pattern: split.pattern, specialTokens: special, normalizesToNFC: usesNFC,
      addsPrefixSpace: split.addsPrefixSpace, rawTokens: raw, normalizedTokens: normalized)
  }

  private static func check(
    _ model: HuggingFaceFile.Model, place: String
  ) throws(CuveeError) {
    if let dropout = model.dropout, dropout != 0 {
      throw unsupported(place, "model.dropout", "\(dropout)")
    }
    for (key, value) in [
      ("continuing_subword_prefix", model.continuing_subword_prefix),
      ("end_of_word_suffix", model.end_of_word_suffix),
    ] {
      if let value, !value.isEmpty { throw unsupported(place, "model.\(key)", "\"\(value)\"") }
    }
    if model.byte_fallback ?? false { throw unsupported(place, "model.byte_fallback", "true") }
  }

  private static func check(
    _ token: HuggingFaceFile.AddedToken, vocabulary: [String: UInt32], place: String
  ) throws(CuveeError) {
    let name = "\(place): added token \"\(token.content)\""
    if token.content.isEmpty { throw .badData("\(name) is empty") }
    if let id = vocabulary[token.content], id != token.id {
      throw .badData("\(name) has the id \(token.id), but \(id) in the vocabulary")
    }
    // A special token's place in text does not matter: there it is ordinary text.
    if token.special ?? false { return }
    for (key, value) in [
      ("single_word", token.single_word), ("lstrip", token.lstrip), ("rstrip", token.rstrip),
    ] where value ?? false {
      throw unsupported(name, key, "true")
    }
  }

  private static func usesNFC(
    _ normalizer: HuggingFaceFile.Component?, place: String
  ) throws(CuveeError) -> Bool {
    guard let normalizer else { return false }
    switch normalizer.type {
    case "NFC": return true
    case "Sequence":
      var result = false
      for part in normalizer.normalizers ?? [] {
        if try usesNFC(part, place: place) { result = true }
      }
      return result
    default: throw unsupported(place, "normalizer", normalizer.type)
    }
  }

  private static func split(
    _ component: HuggingFaceFile.Component?, place: String
  ) throws(CuveeError) -> (pattern: PretokenPattern, addsPrefixSpace: Bool) {
    guard let component else { throw unsupported(place, "pre_tokenizer", "null") }
    if component.type == "Sequence", let parts = component.pretokenizers, parts.count == 1 {
      return try split(parts[0], place: place)
    }
    guard component.type == "ByteLevel" else {
      throw unsupported(place, "pre_tokenizer", component.type)
    }
    // The defaults of tokenizers where the file leaves them out.
    return (component.use_regex ?? true ? .gpt2 : .whole, component.add_prefix_space ?? true)
  }

  private static func normalForm(_ content: String) -> [UInt8] {
    let bytes = Array(content.utf8)
    let normalizer = CanonicalNormalizer.reference
    guard let doubtful = normalizer.firstDoubtful(in: bytes.span) else { return bytes }
    var result: [UInt8] = []
    normalizer.append(bytes.span, firstDoubtful: doubtful, to: &result)
    return result
  }

  private static func unsupported(_ place: String, _ key: String, _ value: String) -> CuveeError {
    .badData(
      "\(place): \(key) \(value) is not supported yet; byte-level BPE with the ByteLevel "
        + "pre-tokenizer and no normalizer or NFC is")
  }
}
