import Bytes

/// Reads a tokenizer.json whose model is byte pairs, over bytes or over characters.
struct HuggingFacePairs {
  let file: HuggingFaceFile
  let model: HuggingFaceFile.Model
  /// `model.vocab` by bytes.
  let vocabulary: [[UInt8]: UInt32]
  let components: HuggingFaceComponents

  private var place: String { components.place }

  /// Makes the tokenizer.
  ///
  /// - Throws: `badData` naming what is wrong or not supported.
  func read() throws(CuveeError) -> HuggingFaceVocabulary.Result {
    try check()
    let normalizer = try file.normalizer.map { part throws(CuveeError) in
      try components.normalizer(part)
    }
    let (steps, isByteLevel) = try components.steps(file.pre_tokenizer)
    return isByteLevel
      ? try byteLevel(normalizer, steps) : try characterLevel(normalizer, steps)
  }

  private func check() throws(CuveeError) {
    if let dropout = model.dropout, dropout != 0 {
      throw components.unsupported("model.dropout", "\(dropout)")
    }
    for (key, value) in [
      ("continuing_subword_prefix", model.continuing_subword_prefix),
      ("end_of_word_suffix", model.end_of_word_suffix),
    ] {
      if let value, !value.isEmpty { throw components.unsupported("model.\(key)", "\"\(value)\"") }
    }
  }

  // Bytes -----------------------------------------------------------------------------------

  private func byteLevel(
    _ normalizer: TextNormalizer?, _ steps: [PretokenStep]
  ) throws(CuveeError) -> HuggingFaceVocabulary.Result {
    if model.byte_fallback ?? false {
      throw components.unsupported("model.byte_fallback true", "with ByteLevel")
    }
    var tokens = try ByteLevelVocabulary.tokens(of: model.vocab, place: place)
    let byteTokens = try BytePairModel.byteTokens(of: tokens, place: place)
    let pairs = try ByteLevelVocabulary.pairs(
      of: model.merges.map(\.pair), tokens: tokens, place: place)
    let added = try HuggingFaceAddedTokens(
      file.added_tokens ?? [], vocabulary: vocabulary, normalizer: normalizer, tokens: &tokens,
      place: place)
    let bytePairs = BytePairModel(
      tokens: tokens, byteTokens: byteTokens, pairs: pairs,
      prefersWholePieces: model.ignore_merges ?? false)
    var rest = steps
    let pattern = Self.scanner(&rest)
    // The usual families have an encoder of their own.
    let addsPrefixSpace = if case .prefixSpace? = rest.first { true } else { false }
    if rest.count == (addsPrefixSpace ? 1 : 0), added.raw.isPlain, added.normalized.isPlain,
      normalizer?.isNFC ?? true
    {
      let tokenizer = BytePairTokenizer(
        model: bytePairs, pattern: pattern, specialTokens: added.special,
        normalizesToNFC: normalizer?.isEmpty == false, addsPrefixSpace: addsPrefixSpace,
        rawTokens: added.raw.plain, normalizedTokens: added.normalized.plain)
      return (tokenizer, pattern, [])
    }
    let tokenizer = ComposedTokenizer(
      model: .bytes(bytePairs, pattern), normalizer: normalizer, steps: rest, rawTokens: added.raw,
      normalizedTokens: added.normalized,
      decoder: TokenDecoder(tokens: tokens, steps: [], separator: []),
      specialTokens: added.special)
    return (tokenizer, pattern, steps.compactMap(\.regex))
  }

  /// Takes the last step off where it is a scanner that keeps all pieces.
  private static func scanner(_ steps: inout [PretokenStep]) -> PretokenPattern {
    guard case .split(.pattern(let pattern), let behavior, let isInverted)? = steps.last else {
      return .whole
    }
    switch (behavior, isInverted) {
    case (.isolated, _), (.removed, true):
      steps.removeLast()
      return pattern
    default: return .whole
    }
  }

  // Characters ------------------------------------------------------------------------------

  private func characterLevel(
    _ normalizer: TextNormalizer?, _ steps: [PretokenStep]
  ) throws(CuveeError) -> HuggingFaceVocabulary.Result {
    let addedTokens = file.added_tokens ?? []
    let marks = SpaceMarks(
      steps.isEmpty ? normalizer : nil, vocabulary: vocabulary, added: addedTokens)
    let normalizer = marks.normalizer ?? normalizer
    // As text has them, and as they are written.
    var tokens = TokenBytes()
    var written = TokenBytes()
    for (bytes, id) in vocabulary.sorted(by: { $0.value < $1.value }) {
      if bytes.isEmpty { throw .badData("\(place): the token of id \(id) is empty") }
      let name = "\(place): the token of id \(id)"
      try tokens.addChecked(marks.text(bytes), id: id, place: name)
      try written.addChecked(bytes, id: id, place: name)
    }
    let unknown = try unknown()
    var pairs = PairTable(capacity: model.merges.count)
    // Characters that are left out bring their neighbours together.
    var joins: JoinTable? = unknown.id == nil && unknown.bytes == nil ? nil : JoinTable()
    let special = Set((unknown.bytes ?? []) + [unknown.id].compactMap { $0 })
    for (rank, merge) in model.merges.enumerated() {
      let (left, right) = merge.pair
      let whole = Array(left.utf8) + Array(right.utf8)
      guard let leftID = vocabulary[Array(left.utf8)], let rightID = vocabulary[Array(right.utf8)],
        let id = vocabulary[whole]
      else {
        throw .badData(
          "\(place): merge \(rank + 1), \"\(left) \(right)\", needs tokens that the vocabulary "
            + "does not have")
      }
      pairs.insert(leftID, rightID, rank: UInt32(rank), merged: id)
      joins?.add(marks.text(whole).span)
      // What stands for unknown characters may then merge with its neighbours.
      if special.contains(leftID) || special.contains(rightID) { joins = nil }
    }
    let added = try HuggingFaceAddedTokens(
      addedTokens, vocabulary: vocabulary, normalizer: normalizer, tokens: &written, place: place)
    let ignoresMerges = model.ignore_merges ?? false
    let characters = CharacterPairModel(
      tokens: tokens, pairs: pairs, unknown: unknown, joins: joins,
      prefersWholePieces: ignoresMerges, mergesUnknown: joins == nil)
    let decoder = components.decoder(file.decoder)
    let tokenizer = ComposedTokenizer(
      model: .characters(characters), normalizer: normalizer, steps: steps, rawTokens: added.raw,
      normalizedTokens: added.normalized,
      decoder: TokenDecoder(tokens: written, steps: decoder.steps, separator: decoder.separator),
      specialTokens: added.special)
    return (tokenizer, .whole, steps.compactMap(\.regex))
  }

  private func unknown() throws(CuveeError) -> CharacterPairModel.Unknown {
    var id: UInt32?
    if let token = model.unk_token {
      guard let known = vocabulary[Array(token.utf8)] else {
        throw .badData("\(place): model.unk_token \"\(token)\" is not in the vocabulary")
      }
      id = known
    }
    var bytes: [UInt32]?
    if model.byte_fallback ?? false {
      let found = (UInt8.min...UInt8.max).compactMap {
        vocabulary[Array(ByteFallback.name($0).utf8)]
      }
      guard found.count == 256 else {
        throw .badData("\(place): byte_fallback needs 256 byte tokens, not \(found.count)")
      }
      bytes = found
    }
    return .init(id: id, fuses: model.fuse_unk ?? false, bytes: bytes)
  }
}

extension TextNormalizer {
  /// Whether nothing is changed.
  var isEmpty: Bool {
    if case .sequence(let parts) = self { return parts.allSatisfy(\.isEmpty) }
    return false
  }

  /// Whether nothing but form C is made.
  var isNFC: Bool {
    switch self {
    case .nfc: true
    case .sequence(let parts): parts.allSatisfy(\.isNFC)
    default: false
    }
  }
}
