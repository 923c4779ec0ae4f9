import Bytes

/// Makes a tokenizer of a SentencePiece model.
enum SentencePieceVocabulary {
  /// What the unigram model takes off the least score for a character that it does not know.
  private static let unknownPenalty: Float = 10

  /// Reads a model.
  ///
  /// - Throws: `badData` naming what is wrong or not supported.
  static func read(_ file: VocabularyFile) throws(CuveeError) -> SentencePieceTokenizer {
    let model = try SentencePieceFile(file)
    let place = model.place
    guard model.modelType == 1 || model.modelType == 2 else {
      let name = model.modelType == 3 ? "WORD" : model.modelType == 4 ? "CHAR" : "?"
      throw .badData("\(place): model_type \(name) is not supported; UNIGRAM and BPE are")
    }
    if model.denormalizes {
      throw .badData("\(place): a denormalizer_spec with rules is not supported")
    }
    let unknown = try unknown(model)
    try check(model)
    let coder: SentencePieceTokenizer.Model =
      model.modelType == 1
      ? .unigram(unigram(model, unknown)) : .pairs(try pairs(model, unknown))
    return SentencePieceTokenizer(
      model: coder, normalizer: try SentencePieceNormalizer(model),
      decoder: try SentencePieceDecoder(model), pieces: model.pieces)
  }

  private static func check(_ model: SentencePieceFile) throws(CuveeError) {
    var seen = TokenBytes(capacity: model.pieces.count)
    guard model.pieces.count <= TokenBytes.greatestID else {
      throw .badData(
        "\(model.place): \(model.pieces.count) pieces; at most \(TokenBytes.greatestID) are allowed"
      )
    }
    for (id, piece) in model.pieces.enumerated() {
      guard seen[piece.bytes] == nil else {
        throw .badData("\(model.place): piece \(id), \"\(piece.text)\", is there twice")
      }
      seen.add(piece.bytes.span, id: UInt32(id))
    }
    // Spaces and U+2581 are one symbol here, whose bytes would not be known.
    if model.hasByteFallback, model.normalization.escapesWhitespace,
      seen[Array("\u{2581}".utf8)] == nil
    {
      throw .badData(
        "\(model.place): byte_fallback without a piece for U+2581, the space, is not supported")
    }
  }

  private static func unknown(
    _ model: SentencePieceFile
  ) throws(CuveeError) -> CharacterPairModel.Unknown {
    let ids = model.pieces.indices.filter { model.pieces[$0].kind == .unknown }
    guard ids.count == 1 else {
      throw .badData("\(model.place): one piece for the unknown is wanted, not \(ids.count)")
    }
    var bytes: [UInt32]?
    if model.hasByteFallback {
      var byName: [String: UInt32] = [:]
      for (id, piece) in model.pieces.enumerated() where piece.kind == .byte {
        byName[piece.text] = UInt32(id)
      }
      let found = (UInt8.min...UInt8.max).compactMap { byName[ByteFallback.name($0)] }
      guard found.count == 256 else {
        throw .badData("\(model.place): byte_fallback needs 256 byte pieces, not \(found.count)")
      }
      bytes = found
    }
    return .init(id: UInt32(ids[0]), fuses: bytes == nil, bytes: bytes)
  }

  /// A piece's bytes as prepared text has them; nil where it can never be found there.
  private static func textBytes(
    _ piece: SentencePieceFile.Piece, _ model: SentencePieceFile
  ) -> [UInt8]? {
    switch piece.kind {
    case .normal, .userDefined, .unused: break
    case .unknown, .control, .byte: return nil
    }
    if !model.normalization.escapesWhitespace { return piece.bytes }
    return piece.bytes.contains(0x20) ? nil : SentencePieceNormalizer.unmarked(piece.bytes)
  }

  private static func unigram(
    _ model: SentencePieceFile, _ unknown: CharacterPairModel.Unknown
  ) -> UnigramModel {
    let normal = model.pieces.filter { $0.kind == .normal }.map(\.score)
    let least = normal.min() ?? .greatestFiniteMagnitude
    var tokens = TokenBytes(capacity: model.pieces.count)
    var scores: [Double] = []
    for (id, piece) in model.pieces.enumerated() {
      switch piece.kind {
      // 0.2.3's; in 0.1.97 it hung on the greatest score.
      case .userDefined:
        scores.append(Double(Float(0.1 * Double(piece.bytes.count - 1))))
      default: scores.append(Double(piece.score))
      }
      if piece.kind != .unused, let bytes = textBytes(piece, model) {
        tokens.add(bytes.span, id: UInt32(id))
      }
    }
    return UnigramModel(
      tokens: tokens, scores: scores, unknownScore: Double(least - unknownPenalty),
      unknown: unknown, arithmetic: .single)
  }

  private static func pairs(
    _ model: SentencePieceFile, _ unknown: CharacterPairModel.Unknown
  ) throws(CuveeError) -> CharacterPairModel {
    var tokens = TokenBytes()
    var joins = JoinTable()
    var userDefined: [(key: [UInt8], value: UInt32)] = []
    for (id, piece) in model.pieces.enumerated() {
      guard let bytes = textBytes(piece, model) else { continue }
      try tokens.addChecked(bytes, id: UInt32(id), place: "\(model.place): piece \(id)")
      joins.add(bytes.span)
      if piece.kind == .userDefined { userDefined.append((bytes, UInt32(id))) }
    }
    let scores = Set(model.pieces.map(\.score)).sorted(by: >)
    var ranks: [Float: UInt32] = [:]
    for (rank, score) in scores.enumerated() { ranks[score] = UInt32(rank) }
    var pairs = PairList(capacity: model.pieces.count * 3)
    var unused: [UInt32: (left: UInt32, right: UInt32)] = [:]
    var doubtful: UInt32?
    tokens.forEach { id, token in
      let piece = model.pieces[Int(id)]
      let rank = ranks[piece.score] ?? 0
      var cut = UTF8Decoding.scalar(in: token, at: 0).length
      while cut < token.count {
        if let left = symbol(token.extracting(0..<cut), tokens),
          let right = symbol(token.extracting(cut..<token.count), tokens)
        {
          pairs.append(left, right, rank: rank, merged: id)
          if piece.kind == .unused {
            if unused[id] != nil { doubtful = id }
            unused[id] = (left, right)
          }
        }
        cut += UTF8Decoding.scalar(in: token, at: cut).length
      }
    }
    if let doubtful {
      throw .badData(
        "\(model.place): the unused piece \(doubtful), \"\(model.pieces[Int(doubtful)].text)\", "
          + "can be made of its parts in more than one way, which is not supported")
    }
    return CharacterPairModel(
      tokens: tokens, pairs: pairs, unknown: unknown, joins: joins,
      userDefined: ByteTrie(userDefined), unused: unused)
  }

  /// The symbol of a part of a piece: a piece, or a character; nil where it is neither.
  private static func symbol(_ part: Span<UInt8>, _ tokens: TokenBytes) -> UInt32? {
    let id = tokens.find(part)
    if id != TokenBytes.noToken { return id }
    let (point, length) = UTF8Decoding.scalar(in: part, at: 0)
    return length == part.count ? CharacterPairModel.character | point : nil
  }
}
