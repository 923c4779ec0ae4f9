import Bytes
import Declarations

/// Counts the sentences of English text exactly as NLTK's Punkt does.
///
/// The reference is `len(PunktSentenceTokenizer.tokenize(text))` of NLTK 3.8.1, the version that
/// TensorFlow Datasets names for C4, with NLTK's English model. NLTK 3.9 counts alike; 3.10 takes
/// typographic quotes for closing punctuation and does not. Text is valid UTF-8. Counting allocates
/// nothing.
public struct PunktSentences: Sendable {
  private let decision = PunktDecision()

  /// Takes the English model, which all instances share.
  public init() {}

  /// The number of sentences in a text; 0 where it has nothing but white space.
  ///
  /// - Parameters:
  ///   - text: Valid UTF-8.
  ///   - limit: Where it is sure that there are at least so many, counting ends there.
  /// - Returns: The number of sentences, at most the limit.
  public func count(_ text: Span<UInt8>, upTo limit: Int = .max) -> Int {
    var cursor = cursor(text)
    var count = 0
    while count < limit && cursor.next(in: text) != nil { count += 1 }
    return count
  }

  /// Goes through the sentences of a text, as `sent_tokenize` gives them.
  func cursor(_ text: Span<UInt8>) -> PunktCursor { PunktCursor(text, decision) }
}
