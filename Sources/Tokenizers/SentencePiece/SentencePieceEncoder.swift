import Bytes

/// The encoder of a SentencePiece model: prepares the text, then its pieces.
final class SentencePieceEncoder: TokenEncoder {
  private let normalizer: SentencePieceNormalizer
  private var pairs: CharacterPairEncoder?
  private var unigram: UnigramEncoder?
  private var prepared: [UInt8] = []
  var drain = TokenDrain() {
    didSet {
      pairs?.drain = drain
      unigram?.drain = drain
    }
  }

  init(_ tokenizer: SentencePieceTokenizer) {
    normalizer = tokenizer.normalizer
    switch tokenizer.model {
    case .pairs(let model):
      pairs = CharacterPairEncoder(model, cacheBudget: tokenizer.cacheBudget)
    case .unigram(let model):
      unigram = UnigramEncoder(model, cacheBudget: tokenizer.cacheBudget)
    }
  }

  func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    var scratch: [UInt8] = []
    swap(&scratch, &prepared)
    scratch.removeAll(keepingCapacity: true)
    normalizer.append(text, to: &scratch)
    pairs?.encode(scratch.span, into: &ids)
    unigram?.encode(scratch.span, into: &ids)
    // What a huge text took is given back.
    if scratch.capacity <= 16 << 20 { swap(&scratch, &prepared) }
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
}
