import Bytes

/// Reads a Hugging Face tokenizer.json.
///
/// What is not supported is an error that names the construct, never something else's ids.
enum HuggingFaceVocabulary {
  /// A tokenizer, and what cuts text for it.
  struct Result {
    var tokenizer: any Tokenizer
    /// The scanner, or `whole` where none does.
    var pattern: PretokenPattern
    /// The patterns that no scanner covers.
    var regexes: [String]
    /// Those that PCRE2 runs, which is slower.
    var slow: [String]

    init(
      _ tokenizer: any Tokenizer, _ pattern: PretokenPattern, regexes: [String] = [],
      slow: [String] = []
    ) {
      self.tokenizer = tokenizer
      self.pattern = pattern
      self.regexes = regexes
      self.slow = slow
    }
  }

  /// Whether a file is a tokenizer.json, of whatever kind.
  static func matches(_ file: VocabularyFile) throws(CuveeError) -> Bool {
    try TokenizerJSON.matches(file)
  }

  /// Reads a tokenizer.
  ///
  /// - Throws: `badData` naming what is wrong or not supported.
  static func read(_ file: VocabularyFile) throws(CuveeError) -> Result {
    let parts = try TokenizerJSON(file)
    let file = parts.rest
    let json = try file.decodeJSON(HuggingFaceFile.self)
    let type = json.kind?.type ?? json.kind?.likelyType ?? "without a type"
    let components = HuggingFaceComponents(place: file.place)
    switch type {
    case "BPE":
      let model = try file.decodeJSON(HuggingFaceFile.With<HuggingFaceFile.Model>.self).model
      guard let tokens = parts.tokens else { throw components.missing("vocab", "an object") }
      guard let merges = parts.merges else { throw components.missing("merges", "a list") }
      return try HuggingFacePairs(
        file: json, model: model, vocabulary: tokens.table(place: file.place), merges: merges,
        addedTokens: parts.addedTokens, components: components
      ).read()
    case "Unigram":
      let model = try file.decodeJSON(
        HuggingFaceFile.With<HuggingFaceFile.UnigramModel>.self
      ).model
      guard let pieces = parts.pieces else { throw components.missing("vocab", "a list") }
      return try unigram(json, model, pieces, parts.addedTokens, components)
    default:
      throw .badData(
        "\(file.place): model \(type) is not supported; byte pairs (BPE) and Unigram are")
    }
  }

  private static func unigram(
    _ file: HuggingFaceFile, _ model: HuggingFaceFile.UnigramModel,
    _ list: TokenizerJSON.Pieces, _ addedTokens: [AddedToken], _ components: HuggingFaceComponents
  ) throws(CuveeError) -> Result {
    let place = components.place
    let normalizer = try file.normalizer.map { part throws(CuveeError) in
      try components.normalizer(part)
    }
    let (steps, isByteLevel) = try components.steps(
      file.pre_tokenizer, isByteLevel: normalizer?.isByteLevel ?? false)
    if isByteLevel { throw components.unsupported("model Unigram", "with ByteLevel") }
    guard let unknownID = model.unk_id, Int(unknownID) < list.contents.count else {
      throw components.unsupported("model.unk_id", "null")
    }
    for id in 0..<list.contents.count where list.contents[id].isEmpty {
      throw .badData("\(place): the piece of id \(id) is empty")
    }
    var tokens: TokenBytes
    do throws(TokenBytes.Clash) {
      tokens = try TokenBytes(list.contents, ids: (0..<list.contents.count).map { UInt32($0) })
    } catch {
      throw .badData("\(place): piece \(error.index): \(error)")
    }
    let ids = tokens
    var bytes: [UInt32]?
    if model.byte_fallback ?? false {
      let found = (UInt8.min...UInt8.max).compactMap { ids[Array(ByteFallback.name($0).utf8)] }
      guard found.count == 256 else {
        throw .badData("\(place): byte_fallback needs 256 byte tokens, not \(found.count)")
      }
      bytes = found
    }
    let scores = list.scores
    // The penalty is that of tokenizers' own model.
    let unigram = UnigramModel(
      tokens: tokens, scores: scores, unknownScore: (scores.min() ?? 0) - 10,
      unknown: .init(id: unknownID, fuses: true, bytes: bytes), arithmetic: .double)
    let added = try HuggingFaceAddedTokens(
      addedTokens, vocabulary: ids, normalizer: normalizer, tokens: &tokens,
      place: place)
    let decoder = components.decoder(file.decoder)
    let plan = try PretokenPlan(steps, place: place)
    let tokenizer = ComposedTokenizer(
      model: .unigram(unigram), normalizer: normalizer, pretokenizing: plan,
      rawTokens: added.raw,
      normalizedTokens: added.normalized,
      decoder: TokenDecoder(tokens: tokens, steps: decoder.steps, separator: decoder.separator),
      specialTokens: added.special)
    return .init(tokenizer, .whole, regexes: steps.compactMap(\.regex), slow: plan.slow)
  }
}

extension PretokenStep {
  /// The pattern that no scanner covers.
  var regex: String? {
    if case .split(.regex(let regex), _, _) = self { return regex.text }
    return nil
  }
}
