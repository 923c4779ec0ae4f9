import Bytes

/// Reads a Hugging Face tokenizer.json.
///
/// What is not supported is an error that names the construct, never something else's ids.
enum HuggingFaceVocabulary {
  /// A tokenizer and the scanner that cuts for it, or `whole` where none does.
  typealias Result = (
    tokenizer: any Tokenizer, pattern: PretokenPattern, regexes: [String]
  )

  /// Whether a file is a tokenizer.json, of whatever kind.
  static func matches(_ file: VocabularyFile) throws(CuveeError) -> Bool {
    try file.decodeJSON(HuggingFaceFile.Kind.self).model != nil
  }

  /// Reads a tokenizer.
  ///
  /// - Throws: `badData` naming what is wrong or not supported.
  static func read(_ file: VocabularyFile) throws(CuveeError) -> Result {
    let kind = try file.decodeJSON(HuggingFaceFile.Kind.self).model
    let type = kind?.type ?? (kind?.hasMerges ?? false ? "BPE" : "Unigram")
    let json = try file.decodeJSON(HuggingFaceFile.self)
    let components = HuggingFaceComponents(place: file.place)
    switch type {
    case "BPE":
      let model = try file.decodeJSON(HuggingFaceFile.With<HuggingFaceFile.Model>.self).model
      return try HuggingFacePairs(
        file: json, model: model, vocabulary: VocabularyObject.read(file.bytes) ?? [:],
        components: components
      ).read()
    case "Unigram":
      let model = try file.decodeJSON(
        HuggingFaceFile.With<HuggingFaceFile.UnigramModel>.self
      ).model
      return try unigram(json, model, components)
    default: throw components.unsupported("model", type)
    }
  }

  private static func unigram(
    _ file: HuggingFaceFile, _ model: HuggingFaceFile.UnigramModel,
    _ components: HuggingFaceComponents
  ) throws(CuveeError) -> Result {
    let place = components.place
    let (steps, isByteLevel) = try components.steps(file.pre_tokenizer)
    if isByteLevel { throw components.unsupported("model Unigram", "with ByteLevel") }
    guard let unknownID = model.unk_id, Int(unknownID) < model.vocab.count else {
      throw components.unsupported("model.unk_id", "null")
    }
    var tokens = TokenBytes()
    var pieces: [(bytes: [UInt8], id: UInt32)] = []
    var ids: [[UInt8]: UInt32] = [:]
    for (id, piece) in model.vocab.enumerated() {
      if piece.content.isEmpty { throw .badData("\(place): the piece of id \(id) is empty") }
      let bytes = Array(piece.content.utf8)
      try tokens.addChecked(bytes, id: UInt32(id), place: "\(place): piece \(id)")
      pieces.append((bytes, UInt32(id)))
      ids[bytes] = UInt32(id)
    }
    var bytes: [UInt32]?
    if model.byte_fallback ?? false {
      let found = (UInt8.min...UInt8.max).compactMap { ids[Array(ByteFallback.name($0).utf8)] }
      guard found.count == 256 else {
        throw .badData("\(place): byte_fallback needs 256 byte tokens, not \(found.count)")
      }
      bytes = found
    }
    let scores = model.vocab.map(\.score)
    // The penalty is that of tokenizers' own model.
    let unigram = UnigramModel(
      pieces: pieces, scores: scores, unknownScore: (scores.min() ?? 0) - 10,
      unknown: .init(id: unknownID, fuses: true, bytes: bytes), arithmetic: .double)
    let normalizer = try file.normalizer.map { part throws(CuveeError) in
      try components.normalizer(part)
    }
    let added = try HuggingFaceAddedTokens(
      file.added_tokens ?? [], vocabulary: ids, normalizer: normalizer, tokens: &tokens,
      place: place)
    let decoder = components.decoder(file.decoder)
    let tokenizer = ComposedTokenizer(
      model: .unigram(unigram), normalizer: normalizer, steps: steps, rawTokens: added.raw,
      normalizedTokens: added.normalized,
      decoder: TokenDecoder(tokens: tokens, steps: decoder.steps, separator: decoder.separator),
      specialTokens: added.special)
    return (tokenizer, .whole, steps.compactMap(\.regex))
  }
}

extension PretokenStep {
  /// The pattern that no scanner covers.
  var regex: String? {
    if case .split(.regex(let regex), _, _) = self { return regex.pattern }
    return nil
  }
}
