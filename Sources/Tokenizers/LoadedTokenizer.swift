import Bytes

/// A tokenizer with what the manifest says about it.
public struct LoadedTokenizer: Sendable {
  /// The form of a vocabulary file.
  public enum Kind: String, Sendable {
    /// tiktoken's ranks.
    case tiktoken
    /// GPT-2's vocabulary and merges.
    case gpt2 = "vocabulary-and-merges"
    /// Hugging Face's tokenizer.json.
    case huggingFace = "tokenizer.json"
    /// Mistral's tekken.json.
    case tekken
    /// SentencePiece's model.
    case sentencePiece = "sentencepiece"
  }

  /// Its registered name, or the name of its file.
  public var name: String
  /// The paths of its files.
  public var files: [String]
  /// The tokenizer.
  public var tokenizer: any Tokenizer
  /// The SHA-256 of its file; of a vocabulary and merges, that of the one followed by the other.
  public var sha256: Digest
  /// The form of its file.
  public var kind: Kind
  /// The scanner that cuts text for it; `whole` where none does.
  public var pattern: PretokenPattern
  /// The patterns that no scanner covers.
  public var regexes: [String] = []
  /// Those of them that PCRE2 runs: exact, and slower.
  public var slowPatterns: [String] = []
  /// The id that begins a document, where there is one.
  public var beginningOfDocument: UInt32?
  /// The id that ends a document, where there is one.
  public var endOfDocument: UInt32?
  /// Whether it was said that no token ends a document.
  public var hasNoEndOnPurpose = false
  /// The id that pads rows, where there is one.
  public var pad: UInt32?
  /// Ids for objectives that mark spans.
  public var sentinels: TokenizerSpecification.Sentinels?
  /// The greatest id in use plus one: of the vocabulary, its special tokens and the sentinels.
  public var vocabularySize: Int

  /// What a user should know of it, as sentences.
  public var notes: [String] {
    var notes: [String] = []
    if endOfDocument == nil, !hasNoEndOnPurpose {
      notes.append(
        "it has no token that ends a document, so documents follow one another without a mark; name "
          + "one with end_of_document in `tokenizer`, or write end_of_document: none")
    }
    return notes
      + slowPatterns.map {
        "its pattern is run by PCRE2, which is slower than our own engine: \($0)"
      }
  }
}
