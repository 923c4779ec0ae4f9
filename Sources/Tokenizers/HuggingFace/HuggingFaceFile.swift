/// The parts of a Hugging Face tokenizer.json that decide ids, but for the lists of its model, which
/// `TokenizerJSON` reads.
///
/// Left out are `truncation` and `padding`, which belong to a use and not to the vocabulary, and
/// `post_processor`, which adds special tokens around a text and moves offsets.
struct HuggingFaceFile: Decodable {
  /// Tells a model of one type from another.
  struct Kind: Decodable {
    var type: String?
    /// What a model without a type is, by its keys, as tokenizers tells.
    var likelyType: String?

    private enum Key: CodingKey { case type, vocab, merges, max_input_chars_per_word }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      type = try? container.decode(String.self, forKey: .type)
      likelyType =
        if container.contains(.merges) {
          "BPE"
        } else if container.contains(.max_input_chars_per_word) {
          "WordPiece (as BERT's)"
        } else if (try? container.nestedUnkeyedContainer(forKey: .vocab)) != nil {
          "Unigram"
        } else if container.contains(.vocab) {
          "WordLevel"
        } else {
          nil
        }
    }
  }

  /// What is looked for: a string or a regular expression.
  struct Pattern: Decodable {
    var String: String?
    var Regex: String?
  }

  /// A normaliser, pre-tokeniser or decoder with its options.
  struct Component: Decodable {
    var type: String
    var normalizers: [Component]?
    var pretokenizers: [Component]?
    var decoders: [Component]?
    var add_prefix_space: Bool?
    var use_regex: Bool?
    var pattern: Pattern?
    var behavior: String?
    var invert: Bool?
    var content: String?
    var prepend: String?
    var precompiled_charsmap: String?
    var strip_left: Bool?
    var strip_right: Bool?
    var individual_digits: Bool?
    var replacement: String?
    var prepend_scheme: String?
    var split: Bool?
    var delimiter: String?
    var start: Int?
    var stop: Int?

    private enum CodingKeys: String, CodingKey {
      case type, normalizers, pretokenizers, decoders, add_prefix_space, use_regex, pattern
      case behavior, invert, content, prepend, precompiled_charsmap, strip_left, strip_right
      case individual_digits, replacement, prepend_scheme, split, delimiter, start, stop
    }

    init(from decoder: any Decoder) throws {
      let keys = try decoder.container(keyedBy: CodingKeys.self)
      type = try keys.decode(String.self, forKey: .type)
      normalizers = try keys.decodeIfPresent([Component].self, forKey: .normalizers)
      pretokenizers = try keys.decodeIfPresent([Component].self, forKey: .pretokenizers)
      decoders = try keys.decodeIfPresent([Component].self, forKey: .decoders)
      add_prefix_space = try keys.decodeIfPresent(Bool.self, forKey: .add_prefix_space)
      use_regex = try keys.decodeIfPresent(Bool.self, forKey: .use_regex)
      // A pattern is a string in some old components, which are refused by name.
      pattern = try? keys.decodeIfPresent(Pattern.self, forKey: .pattern)
      behavior = try keys.decodeIfPresent(String.self, forKey: .behavior)
      invert = try keys.decodeIfPresent(Bool.self, forKey: .invert)
      content = try keys.decodeIfPresent(String.self, forKey: .content)
      prepend = try keys.decodeIfPresent(String.self, forKey: .prepend)
      precompiled_charsmap = try? keys.decodeIfPresent(String.self, forKey: .precompiled_charsmap)
      strip_left = try keys.decodeIfPresent(Bool.self, forKey: .strip_left)
      strip_right = try keys.decodeIfPresent(Bool.self, forKey: .strip_right)
      individual_digits = try keys.decodeIfPresent(Bool.self, forKey: .individual_digits)
      replacement = try keys.decodeIfPresent(String.self, forKey: .replacement)
      prepend_scheme = try keys.decodeIfPresent(String.self, forKey: .prepend_scheme)
      split = try keys.decodeIfPresent(Bool.self, forKey: .split)
      delimiter = try keys.decodeIfPresent(String.self, forKey: .delimiter)
      start = try? keys.decodeIfPresent(Int.self, forKey: .start)
      stop = try? keys.decodeIfPresent(Int.self, forKey: .stop)
    }
  }

  /// A byte-pair model without its lists.
  struct Model: Decodable {
    var dropout: Double?
    var unk_token: String?
    var continuing_subword_prefix: String?
    var end_of_word_suffix: String?
    var fuse_unk: Bool?
    var byte_fallback: Bool?
    var ignore_merges: Bool?
  }

  /// A unigram model without its list.
  struct UnigramModel: Decodable {
    var unk_id: UInt32?
    var byte_fallback: Bool?
  }

  /// The file with a model of one type.
  struct With<Model: Decodable>: Decodable { var model: Model }

  var normalizer: Component?
  var pre_tokenizer: Component?
  var decoder: Component?
  /// What kind of model it has; nil where `model` is no object.
  var kind: Kind?

  private enum CodingKeys: String, CodingKey { case normalizer, pre_tokenizer, decoder, model }

  init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    normalizer = try keys.decodeIfPresent(Component.self, forKey: .normalizer)
    pre_tokenizer = try keys.decodeIfPresent(Component.self, forKey: .pre_tokenizer)
    self.decoder = try keys.decodeIfPresent(Component.self, forKey: .decoder)
    kind = try? keys.decode(Kind.self, forKey: .model)
  }
}
