import Bytes
import Declarations

/// A tokenizer made of parts: added tokens, a normaliser, steps that cut, and a model.
public struct ComposedTokenizer: Tokenizer {
  /// What makes ids of a piece.
  enum Model: Sendable {
    /// Byte-level pairs; the pattern cuts pieces further.
    case bytes(BytePairModel, PretokenPattern)
    case characters(CharacterPairModel)
    case unigram(UnigramModel)
  }

  let model: Model
  let normalizer: TextNormalizer?
  let pretokenizing: PretokenPlan
  /// Added tokens that are looked for in the text as it is.
  let rawTokens: AddedTokens
  /// Added tokens that are looked for in the normalised text.
  let normalizedTokens: AddedTokens
  let decoder: TokenDecoder

  /// The special tokens by their content.
  public let specialTokens: [String: UInt32]
  /// The greatest id plus one.
  public let vocabularySize: Int
  /// What an encoder may hold of pieces it has met, in bytes.
  public var cacheBudget = BytePairTokenizer.defaultCacheBudget

  init(
    model: Model, normalizer: TextNormalizer?, pretokenizing: PretokenPlan, rawTokens: AddedTokens,
    normalizedTokens: AddedTokens, decoder: TokenDecoder, specialTokens: [String: UInt32]
  ) {
    self.model = model
    self.normalizer = normalizer
    self.pretokenizing = pretokenizing
    self.rawTokens = rawTokens
    self.normalizedTokens = normalizedTokens
    self.decoder = decoder
    self.specialTokens = specialTokens
    vocabularySize = decoder.tokens.count
  }

  /// Makes an encoder for one worker.
  public func makeEncoder(specialTokens: SpecialTokenHandling) -> any TokenEncoder {
    ComposedEncoder(self, specialTokens: specialTokens)
  }

  /// Appends the text of ids; an id without a token gives U+FFFD.
  public func decode(_ ids: Span<UInt32>, into bytes: inout [UInt8]) {
    decoder.decode(ids, into: &bytes)
  }
}
