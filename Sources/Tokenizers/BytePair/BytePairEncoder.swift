import Bytes

/// The encoder of a byte-level byte-pair tokenizer: added tokens and normalisation, then pieces.
///
/// The order is that of Hugging Face tokenizers: added tokens that are matched as they stand,
/// normalisation of what lies between, added tokens that are matched in normalised text.
final class BytePairEncoder: TokenEncoder {
  private let tokenizer: BytePairTokenizer
  private let normalizer: CanonicalNormalizer?
  private var pieces: PieceEncoder
  private var normalized: [UInt8] = []
  private var prefixed: [UInt8] = []

  private let parsesSpecial: Bool

  init(_ tokenizer: BytePairTokenizer, specialTokens: SpecialTokenHandling = .ordinary) {
    self.tokenizer = tokenizer
    parsesSpecial = specialTokens == .parse
    normalizer = tokenizer.normalizesToNFC ? CanonicalNormalizer.reference : nil
    pieces = PieceEncoder(
      model: tokenizer.model, pattern: tokenizer.pattern, cacheBudget: tokenizer.cacheBudget)
  }

  func encodeBatch(
    text: Span<UInt8>, ends: [Int], into ids: inout [UInt32], idEnds: inout [Int]
  ) {
    var start = 0
    for end in ends {
      encode(text.extracting(start..<end), into: &ids)
      idEnds.append(ids.count)
      start = end
    }
  }

  func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    guard tokenizer.rawTokens.finds(special: parsesSpecial) else {
      return encodeNormalizing(text, into: &ids)
    }
    var done = 0
    var next = 0
    while let match = tokenizer.rawTokens.next(in: text, from: next) {
      next = match.end
      if match.isSpecial && !parsesSpecial { continue }
      encodeNormalizing(text.extracting(done..<match.start), into: &ids)
      ids.append(match.id)
      done = match.end
    }
    encodeNormalizing(text.extracting(done..<text.count), into: &ids)
  }

  private func encodeNormalizing(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    guard let normalizer, let change = normalizer.firstDoubtful(in: text) else {
      return encodeNormalized(text, into: &ids)
    }
    var scratch: [UInt8] = []
    swap(&scratch, &normalized)
    scratch.removeAll(keepingCapacity: true)
    normalizer.append(text, firstDoubtful: change, to: &scratch)
    encodeNormalized(scratch.span, into: &ids)
    swap(&scratch, &normalized)
  }

  private func encodeNormalized(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    guard tokenizer.normalizedTokens.finds(special: parsesSpecial) else {
      return encodeOrdinary(text, into: &ids)
    }
    var done = 0
    var next = 0
    while let match = tokenizer.normalizedTokens.next(in: text, from: next) {
      next = match.end
      if match.isSpecial && !parsesSpecial { continue }
      encodeOrdinary(text.extracting(done..<match.start), into: &ids)
      ids.append(match.id)
      done = match.end
    }
    encodeOrdinary(text.extracting(done..<text.count), into: &ids)
  }

  private func encodeOrdinary(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    if text.isEmpty { return }
    guard tokenizer.addsPrefixSpace, text[0] != 0x20 else {
      pieces.encode(text, into: &ids)
      return
    }
    var scratch: [UInt8] = []
    swap(&scratch, &prefixed)
    scratch.removeAll(keepingCapacity: true)
    scratch.append(0x20)
    scratch.append(text)
    pieces.encode(scratch.span, into: &ids)
    swap(&scratch, &prefixed)
  }
}
