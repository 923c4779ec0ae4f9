import Bytes

/// Reads a tokenizer.json whose model is byte pairs, over bytes or over characters.
struct HuggingFacePairs {
  let file: HuggingFaceFile
  let model: HuggingFaceFile.Model
  /// `model.vocab`.
  let vocabulary: TokenBytes
  /// `model.merges`, two strings each.
  let merges: ByteStrings
  let addedTokens: [AddedToken]
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
    let (steps, isByteLevel) = try components.steps(
      file.pre_tokenizer, isByteLevel: normalizer?.isByteLevel ?? false)
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
    var tokens = try ByteLevelVocabulary.tokens(of: vocabulary, place: place)
    let byteTokens = BytePairModel.byteTokens(of: tokens)
    try checkMissing(byteTokens)
    let pairs = try ByteLevelVocabulary.pairs(
      of: merges, written: vocabulary, place: place)
    let added = try HuggingFaceAddedTokens(
      addedTokens, vocabulary: vocabulary, normalizer: normalizer, tokens: &tokens,
      place: place)
    let bytePairs = BytePairModel(
      tokens: tokens, byteTokens: byteTokens, pairs: pairs,
      prefersWholePieces: model.ignore_merges ?? false)
    var rest = steps
    let isByteLevel = normalizer?.isByteLevel ?? false
    let pattern = isByteLevel ? .whole : Self.scanner(&rest)
    // The usual families have an encoder of their own.
    let addsPrefixSpace = if case .prefixSpace? = rest.first { true } else { false }
    if rest.count == (addsPrefixSpace ? 1 : 0), added.raw.isPlain, added.normalized.isPlain,
      normalizer?.isNFC ?? true
    {
      let tokenizer = BytePairTokenizer(
        model: bytePairs, pattern: pattern, specialTokens: added.special,
        normalizesToNFC: normalizer?.hasNFC ?? false, addsPrefixSpace: addsPrefixSpace,
        rawTokens: added.raw.plain, normalizedTokens: added.normalized.plain)
      return .init(tokenizer, pattern)
    }
    if isByteLevel, !added.normalized.isPlain {
      throw components.unsupported(
        "normalizer ByteLevel", "with added tokens that are normalized and look at their neighbours"
      )
    }
    // Where other steps cut as well, all are done together; alone, a scanner is faster.
    let isAlone = rest.allSatisfy(\.keepsPieces)
    let plan = try PretokenPlan(
      isAlone ? rest : steps, isByteLevel: isByteLevel, place: place)
    let tokenizer = ComposedTokenizer(
      model: .bytes(bytePairs, isAlone ? pattern : .whole), normalizer: normalizer,
      pretokenizing: plan, rawTokens: added.raw, normalizedTokens: added.normalized,
      decoder: TokenDecoder(tokens: tokens, steps: [], separator: []),
      specialTokens: added.special)
    return .init(tokenizer, pattern, regexes: steps.compactMap(\.regex), slow: plan.slow)
  }

  /// Looks at the bytes that the vocabulary lacks. Text loses them where nothing stands for what is not
  /// known; UTF-8 never holds the others.
  private func checkMissing(_ byteTokens: [UInt32]) throws(CuveeError) {
    let missing = (UInt8.min...UInt8.max).filter {
      byteTokens[Int($0)] == TokenBytes.noToken && BytePairModel.occursInUTF8($0)
    }
    if missing.isEmpty { return }
    let name = "0x" + String(missing[0], radix: 16, uppercase: true)
    if model.byte_fallback ?? false {
      throw components.unsupported(
        "model.byte_fallback true", "where no token stands for the byte \(name)")
    }
    if let unknown = model.unk_token, !unknown.isEmpty {
      throw components.unsupported(
        "model.unk_token \"\(unknown)\"", "where no token stands for the byte \(name)")
    }
  }

  /// Takes the last step off where it is a scanner that keeps all pieces.
  private static func scanner(_ steps: inout [PretokenStep]) -> PretokenPattern {
    if case .byteLevel? = steps.last { steps.removeLast() }
    // Behind ByteLevel a pattern sees other characters.
    guard case .split(.pattern(let pattern), let behavior, let isInverted)? = steps.last,
      !steps.contains(where: \.isByteLevel)
    else { return .whole }
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
    let marks = SpaceMarks(
      steps.isEmpty ? normalizer : nil, vocabulary: vocabulary, added: addedTokens)
    let normalizer = marks.normalizer ?? normalizer
    // As text has them, and as they are written.
    let tokens = try marks.tokens(vocabulary, place: place)
    var written = vocabulary
    let unknown = try unknown()
    let pairs = try MergeList(merges, place: place).pairs(in: vocabulary) { _, _, _ in }
    // Characters that are left out bring their neighbours together.
    var joins: JoinTable? = unknown.id == nil && unknown.bytes == nil ? nil : JoinTable()
    var joined = [Bool](repeating: false, count: tokens.count)
    var isSpecial = [Bool](repeating: false, count: vocabulary.count)
    for id in (unknown.bytes ?? []) + [unknown.id].compactMap({ $0 }) { isSpecial[Int(id)] = true }
    for pair in pairs.entries {
      if !joined[Int(pair.merged)] {
        joined[Int(pair.merged)] = true
        joins?.add(tokens.bytes(pair.merged))
      }
      // What stands for unknown characters may then merge with its neighbours.
      if isSpecial[Int(pair.left)] || isSpecial[Int(pair.right)] { joins = nil }
    }
    let added = try HuggingFaceAddedTokens(
      addedTokens, vocabulary: vocabulary, normalizer: normalizer, tokens: &written, place: place)
    let ignoresMerges = model.ignore_merges ?? false
    let characters = CharacterPairModel(
      tokens: tokens, pairs: pairs, unknown: unknown, joins: joins,
      prefersWholePieces: ignoresMerges, mergesUnknown: joins == nil)
    let decoder = components.decoder(file.decoder)
    let plan = try PretokenPlan(steps, place: place)
    let tokenizer = ComposedTokenizer(
      model: .characters(characters), normalizer: normalizer, pretokenizing: plan,
      rawTokens: added.raw,
      normalizedTokens: added.normalized,
      decoder: TokenDecoder(tokens: written, steps: decoder.steps, separator: decoder.separator),
      specialTokens: added.special)
    return .init(tokenizer, .whole, regexes: steps.compactMap(\.regex), slow: plan.slow)
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

extension PretokenStep {
  fileprivate var isByteLevel: Bool {
    if case .byteLevel = self { return true }
    return false
  }

  /// Whether it cuts nothing.
  fileprivate var keepsPieces: Bool {
    switch self {
    case .split: false
    case .metaspace(_, _, let splits): !splits
    case .prefixSpace, .byteLevel: true
    }
  }
}

extension TextNormalizer {
  /// Whether form C is made.
  fileprivate var hasNFC: Bool {
    switch self {
    case .nfc: true
    case .sequence(let parts): parts.contains(where: \.hasNFC)
    default: false
    }
  }

  /// Whether nothing but form C is made.
  fileprivate var isNFC: Bool {
    switch self {
    case .nfc, .byteLevel: true
    case .sequence(let parts): parts.allSatisfy(\.isNFC)
    default: false
    }
  }

  /// Whether text is bytes from here on.
  var isByteLevel: Bool {
    switch self {
    case .byteLevel: true
    case .sequence(let parts): parts.contains(where: \.isByteLevel)
    default: false
    }
  }
}
