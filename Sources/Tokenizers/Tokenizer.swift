import Declarations

/// Turns text into token ids and back.
///
/// A tokenizer is immutable and shared; the state that makes encoding fast lives in encoders, of
/// which every worker makes its own.
public protocol Tokenizer: Sendable {
  /// The greatest id that the vocabulary knows plus one, special tokens included.
  var vocabularySize: Int { get }

  /// The special tokens by their content.
  var specialTokens: [String: UInt32] { get }

  /// Makes an encoder for one worker.
  ///
  /// - Parameter specialTokens: What special tokens that a text spells out become.
  /// - Returns: The encoder.
  func makeEncoder(specialTokens: SpecialTokenHandling) -> any TokenEncoder

  /// Appends the bytes that ids stand for; an id without a token gives U+FFFD.
  func decode(_ ids: Span<UInt32>, into bytes: inout [UInt8])
}

extension Tokenizer {
  /// Makes an encoder for one worker, to which special tokens in text are ordinary text.
  public func makeEncoder() -> any TokenEncoder { makeEncoder(specialTokens: .ordinary) }
}

/// Encodes one text after another, on one thread.
///
/// The ids of a text depend on the text and the tokenizer only, never on what was encoded before.
public protocol TokenEncoder: AnyObject {
  /// Takes ids before the end of a text. Ends of ids then count those that it has taken.
  var drain: TokenDrain { get set }

  /// Appends the ids of a text.
  ///
  /// - Parameters:
  ///   - text: UTF-8, at most 4 GiB. Bytes that are none are themselves to byte-level vocabularies
  ///     that do not normalise, and U+FFFD each to all others.
  ///   - ids: Where the ids are appended.
  func encode(_ text: Span<UInt8>, into ids: inout [UInt32])

  /// Whether a text that is given away is let go before its ids are made, and with a drain needs no
  /// second try.
  var letsTextsGo: Bool { get }

  /// Appends the ids of a text that nobody else needs.
  ///
  /// - Parameters:
  ///   - text: As `encode(_:into:)` has it.
  ///   - ids: Where the ids are appended.
  func encode(givenAway text: consuming [UInt8], into ids: inout [UInt32])

  /// Appends the ids of many texts, each encoded by itself.
  ///
  /// - Parameters:
  ///   - text: The texts one after another.
  ///   - ends: The end of each text in `text`, rising.
  ///   - ids: Where the ids are appended.
  ///   - idEnds: Where the end in `ids` of each text's ids is appended.
  func encodeBatch(
    text: Span<UInt8>, ends: [Int], into ids: inout [UInt32], idEnds: inout [Int])
}

extension TokenEncoder {
  /// Most read the text itself to the end.
  public var letsTextsGo: Bool { false }

  /// Appends the ids of a text, and keeps it to the end.
  public func encode(givenAway text: consuming [UInt8], into ids: inout [UInt32]) {
    encode(text.span, into: &ids)
  }
}
