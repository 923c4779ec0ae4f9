import Bytes
import Declarations

/// A tokenizer of a SentencePiece model.
public struct SentencePieceTokenizer: Tokenizer {
  enum Model: Sendable {
    case pairs(CharacterPairModel)
    case unigram(UnigramModel)
  }

  let model: Model
  let normalizer: SentencePieceNormalizer
  private let decoder: SentencePieceDecoder

  /// The control pieces by their content.
  public let specialTokens: [String: UInt32]
  /// The number of pieces.
  public let vocabularySize: Int
  /// What an encoder may hold of words it has met, in bytes.
  public var cacheBudget = BytePairTokenizer.defaultCacheBudget

  init(
    model: Model, normalizer: SentencePieceNormalizer, decoder: SentencePieceDecoder,
    pieces: [SentencePieceFile.Piece]
  ) {
    self.model = model
    self.normalizer = normalizer
    self.decoder = decoder
    vocabularySize = pieces.count
    var special: [String: UInt32] = [:]
    for (id, piece) in pieces.enumerated() where piece.kind == .control {
      special[piece.text] = UInt32(id)
    }
    specialTokens = special
  }

  /// Makes an encoder for one worker.
  public func makeEncoder(specialTokens: SpecialTokenHandling) -> any TokenEncoder {
    let encoder = SentencePieceEncoder(self)
    if specialTokens == .ordinary { return encoder }
    return SpecialTokenEncoder(encoder, specialTokens: self.specialTokens)
  }

  /// Appends the text of ids; an id without a piece gives U+FFFD.
  public func decode(_ ids: Span<UInt32>, into bytes: inout [UInt8]) {
    decoder.decode(ids, into: &bytes)
  }
}
