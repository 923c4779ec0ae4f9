import Bytes
import Declarations

/// The encoder of a byte-level byte-pair tokenizer: added tokens and normalisation, then pieces.
///
/// The order is that of Hugging Face tokenizers: added tokens that are matched as they stand,
/// normalisation of what lies between, added tokens that are matched in normalised text.
final class BytePairEncoder: TokenEncoder {
  private let rawTokens: AddedTokenMatcher
  private let normalizedTokens: AddedTokenMatcher
  private let normalizer: CanonicalNormalizer?
  private let addsPrefixSpace: Bool
  private var pieces: PieceEncoder
  var drain = TokenDrain() { didSet { pieces.drain = drain } }
  private var normalized: [UInt8] = []
  private var prefixed: [UInt8] = []

  init(_ tokenizer: BytePairTokenizer, specialTokens: SpecialTokenHandling = .ordinary) {
    let parses = specialTokens == .parse
    rawTokens = parses ? tokenizer.rawTokens.parsingSpecial : tokenizer.rawTokens
    normalizedTokens =
      parses ? tokenizer.normalizedTokens.parsingSpecial : tokenizer.normalizedTokens
    addsPrefixSpace = tokenizer.addsPrefixSpace
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
      idEnds.append(drain.taken + ids.count)
      start = end
    }
  }

  func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    guard rawTokens.findsTokens else { return encodeNormalizing(text, into: &ids) }
    var done = 0
    while let match = rawTokens.nextOrdinary(in: text, from: done) {
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
    guard addsPrefixSpace else {
      pieces.encode(text, tokens: normalizedTokens, into: &ids)
      return
    }
    var done = 0
    while let match = normalizedTokens.nextOrdinary(in: text, from: done) {
      encodePrefixed(text.extracting(done..<match.start), into: &ids)
      ids.append(match.id)
      done = match.end
    }
    encodePrefixed(text.extracting(done..<text.count), into: &ids)
  }

  /// Encodes a text that gets a space before it where it does not start with one.
  private func encodePrefixed(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    if text.isEmpty { return }
    guard text[0] != 0x20 else {
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
