/// The parts of a Hugging Face tokenizer.json that decide ids.
///
/// Left out are `truncation` and `padding`, which belong to a use and not to the vocabulary, and
/// `post_processor`, which adds special tokens around a text and moves offsets.
struct HuggingFaceFile: Decodable {
  /// Tells a tokenizer.json from other JSON, and a model of one type from another.
  struct Kind: Decodable {
    struct Model: Decodable { var type: String? }
    /// Nil where the file is not a tokenizer.json. GPT-2's encoder.json has a token `model`.
    var model: Model?

    private enum Key: CodingKey { case model }

    init(from decoder: any Decoder) throws {
      model = try? decoder.container(keyedBy: Key.self).decode(Model.self, forKey: .model)
    }
  }

  /// A normaliser or pre-tokeniser with the options that matter here.
  struct Component: Decodable {
    var type: String
    var normalizers: [Component]?
    var pretokenizers: [Component]?
    var add_prefix_space: Bool?
    var use_regex: Bool?
  }

  /// An added token.
  struct AddedToken: Decodable {
    var id: UInt32
    var content: String
    var single_word: Bool?
    var lstrip: Bool?
    var rstrip: Bool?
    var normalized: Bool?
    var special: Bool?
  }

  /// A byte-pair model.
  struct Model: Decodable {
    var vocab: [String: UInt32]
    var merges: [Merge]
    var dropout: Double?
    var continuing_subword_prefix: String?
    var end_of_word_suffix: String?
    var byte_fallback: Bool?
    var ignore_merges: Bool?
  }

  /// A merge: `"a b"`, or `["a", "b"]` in files written since version 0.20 of tokenizers.
  struct Merge: Decodable {
    var pair: ByteLevelVocabulary.Merge

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let line = try? container.decode(String.self) {
        if let pair = ByteLevelVocabulary.merge(of: line[...]) {
          self.pair = pair
          return
        }
      } else {
        let fields = try container.decode([String].self)
        if fields.count == 2 {
          pair = (fields[0][...], fields[1][...])
          return
        }
      }
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a merge is two tokens")
    }
  }

  var normalizer: Component?
  var pre_tokenizer: Component?
  var added_tokens: [AddedToken]?
  var model: Model
}
