import Declarations

/// A byte-level byte-pair tokenizer with all that goes before the merges.
public struct BytePairTokenizer: Tokenizer {
  /// What an encoder may hold of pieces it has met, in bytes, unless told otherwise.
  public static let defaultCacheBudget = 64 << 20

  let model: BytePairModel
  let pattern: PretokenPattern
  /// Whether text is brought to Unicode's normalisation form C first.
  let normalizesToNFC: Bool
  /// Whether text that does not start with a space gets one.
  let addsPrefixSpace: Bool
  /// Added tokens that are looked for in the text as it is.
  let rawTokens: AddedTokenMatcher
  /// Added tokens that are looked for in the normalised text.
  let normalizedTokens: AddedTokenMatcher

  /// The special tokens by their content.
  public let specialTokens: [String: UInt32]

  /// What an encoder may hold of pieces it has met, in bytes.
  public var cacheBudget = Self.defaultCacheBudget

  init(
    model: BytePairModel, pattern: PretokenPattern, specialTokens: [String: UInt32],
    normalizesToNFC: Bool = false, addsPrefixSpace: Bool = false,
    rawTokens: AddedTokenMatcher = AddedTokenMatcher(),
    normalizedTokens: AddedTokenMatcher = AddedTokenMatcher()
  ) {
    self.model = model
    self.pattern = pattern
    self.specialTokens = specialTokens
    self.normalizesToNFC = normalizesToNFC
    self.addsPrefixSpace = addsPrefixSpace
    self.rawTokens = rawTokens
    self.normalizedTokens = normalizedTokens
  }

  /// The greatest id that the vocabulary knows plus one, special tokens included.
  public var vocabularySize: Int { model.tokens.count }

  /// Makes an encoder for one worker.
  public func makeEncoder(specialTokens: SpecialTokenHandling) -> any TokenEncoder {
    BytePairEncoder(self, specialTokens: specialTokens)
  }

  /// Appends the bytes that ids stand for; an id without a token gives U+FFFD.
  public func decode(_ ids: Span<UInt32>, into bytes: inout [UInt8]) {
    for index in 0..<ids.count where !model.tokens.append(ids[index], to: &bytes) {
      bytes += [0xEF, 0xBF, 0xBD]
    }
  }
}
