import Bytes
import Declarations

/// The encoder of a composed tokenizer.
///
/// The order is that of Hugging Face tokenizers: added tokens that are matched as they stand,
/// normalisation of what lies between, added tokens that are matched in normalised text, pieces.
final class ComposedEncoder: TokenEncoder {
  private let tokenizer: ComposedTokenizer
  private let special: SpecialTokenHandling
  private let pretokenizing: Pretokenizing?
  private var bytes: PieceEncoder?
  private var characters: CharacterPairEncoder?
  private var unigram: UnigramEncoder?
  var drain = TokenDrain() {
    didSet {
      bytes?.drain = drain
      characters?.drain = drain
      unigram?.drain = drain
    }
  }

  init(_ tokenizer: ComposedTokenizer, specialTokens: SpecialTokenHandling) {
    self.tokenizer = tokenizer
    special = specialTokens
    let plan = tokenizer.pretokenizing
    pretokenizing = plan.stages.isEmpty ? nil : Pretokenizing(plan)
    let budget = tokenizer.cacheBudget
    switch tokenizer.model {
    case .bytes(let model, let pattern):
      bytes = PieceEncoder(model: model, pattern: pattern, cacheBudget: budget)
    case .characters(let model):
      characters = CharacterPairEncoder(model, cacheBudget: budget)
    case .unigram(let model): unigram = UnigramEncoder(model, cacheBudget: budget)
    }
  }

  func encodeBatch(
    text: Span<UInt8>, ends: [Int], into ids: inout [UInt32], idEnds: inout [Int]
  ) {
    var start = 0
    for end in ends {
      encode(text.extracting(start..<end), into: &ids)
      idEnds.append(drain.taken + ids.count)
      start = end
    }
  }

  func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    var parts: [Part] = []
    tokenizer.rawTokens.split(
      text, special: special, text: { parts.append(.text($0..<$1)) },
      token: { parts.append(.token($0)) })
    for part in parts {
      switch part {
      case .token(let id): ids.append(id)
      case .text(let range):
        normalize(text.extracting(range), isFirst: range.lowerBound == 0, into: &ids)
      }
    }
  }

  private enum Part {
    case text(Range<Int>)
    case token(UInt32)
  }

  private func normalize(_ text: Span<UInt8>, isFirst: Bool, into ids: inout [UInt32]) {
    guard let normalizer = tokenizer.normalizer else {
      return encodeNormalized(text, isFirst: isFirst, into: &ids)
    }
    let output = normalizer.apply(copy(text))
    encodeNormalized(output.span, isFirst: isFirst, into: &ids)
  }

  /// A path through a unigram comes out in any case; windows of merges may need the text again.
  var letsTextsGo: Bool { unigram != nil }

  func encode(givenAway text: consuming [UInt8], into ids: inout [UInt32]) {
    guard isPlain(text.span, tokenizer.rawTokens) else { return encode(text.span, into: &ids) }
    if let normalizer = tokenizer.normalizer { text = normalizer.apply(consume text) }
    guard isPlain(text.span, tokenizer.normalizedTokens), let pretokenizing else {
      return encodeNormalized(text.span, isFirst: true, into: &ids)
    }
    pretokenizing.cut(givenAway: consume text, isFirst: true) { text, start, ends in
      encode(text, start, ends, into: &ids)
    }
  }

  /// Whether a text holds no added token.
  private func isPlain(_ text: Span<UInt8>, _ tokens: AddedTokens) -> Bool {
    var isPlain = true
    tokens.split(text, special: special, text: { _, _ in }, token: { _ in isPlain = false })
    return isPlain
  }

  private func copy(_ text: Span<UInt8>) -> [UInt8] {
    var copy: [UInt8] = []
    copy.append(text)
    return copy
  }

  private func encodeNormalized(_ text: Span<UInt8>, isFirst: Bool, into ids: inout [UInt32]) {
    var parts: [Part] = []
    tokenizer.normalizedTokens.split(
      text, special: special, text: { parts.append(.text($0..<$1)) },
      token: { parts.append(.token($0)) })
    for part in parts {
      switch part {
      case .token(let id): ids.append(id)
      case .text(let range):
        cut(text.extracting(range), isFirst: isFirst && range.lowerBound == 0, into: &ids)
      }
    }
  }

  private func cut(_ text: Span<UInt8>, isFirst: Bool, into ids: inout [UInt32]) {
    guard let pretokenizing else { return encodePiece(text, into: &ids) }
    pretokenizing.cut(text, isFirst: isFirst) { text, start, ends in
      encode(text, start, ends, into: &ids)
    }
  }

  /// Appends the ids of pieces.
  private func encode(
    _ text: Span<UInt8>, _ start: Int, _ ends: SplitChain.Ends, into ids: inout [UInt32]
  ) {
    // Byte-level pieces that no scanner cuts further are looked up many at a time.
    if case .bytes(_, .whole) = tokenizer.model {
      bytes?.encode(text, from: start, cutAt: ends, into: &ids)
      return
    }
    var start = start
    for index in 0..<ends.count {
      let end = ends[index]
      if !end.isRemoved { encodePiece(text.extracting(start..<end.offset), into: &ids) }
      start = end.offset
    }
  }

  private func encodePiece(_ piece: Span<UInt8>, into ids: inout [UInt32]) {
    bytes?.encode(piece, into: &ids)
    characters?.encode(piece, into: &ids)
    unigram?.encode(piece, into: &ids)
  }
}
