import Bytes

/// Reads Mistral's tekken.json: ranks with their bytes in base64, behind a number of special tokens.
enum TekkenVocabulary {
  private struct File: Decodable {
    struct Config: Decodable {
      var pattern: String
      var default_vocab_size: Int
      var default_num_special_tokens: Int
      var version: String?
    }
    struct Special: Decodable {
      var rank: UInt32
      var token_str: String
    }
    var config: Config
    var special_tokens: [Special]?
  }

  /// The special tokens of files that do not list them, in the order of their ids; the ids that
  /// are left are `<SPECIAL_n>`.
  private static let usual = [
    "<unk>", "<s>", "</s>", "[INST]", "[/INST]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]",
    "[TOOL_RESULTS]", "[/TOOL_RESULTS]", "[TOOL_CALLS]", "[IMG]", "<pad>", "[IMG_BREAK]",
    "[IMG_END]", "[PREFIX]", "[MIDDLE]", "[SUFFIX]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]",
    "[TOOL_CONTENT]",
  ]

  /// Whether a file looks like one: it begins with its configuration.
  static func matches(_ file: VocabularyFile) -> Bool {
    let start = String(decoding: file.bytes.prefix(4096), as: UTF8.self)
    return start.contains("\"default_num_special_tokens\"")
  }

  /// Reads a tokenizer.
  ///
  /// - Throws: `badData` naming what is wrong.
  static func read(_ file: VocabularyFile) throws(CuveeError) -> HuggingFaceVocabulary.Result {
    let (vocab, rest) = try Self.vocab(file)
    let json = try rest.decodeJSON(File.self)
    let shift = json.config.default_num_special_tokens
    let count = json.config.default_vocab_size - shift
    guard shift >= 0, shift < 1 << 20, count > 0, count <= vocab.ranks.count else {
      throw .badData(
        "\(file.place): the sizes in config do not fit the \(vocab.ranks.count) tokens")
    }
    var list = ByteStrings(capacity: count)
    var ids: [UInt32] = []
    var bytes: [UInt8] = []
    for (index, rank) in vocab.ranks.enumerated() where rank < count {
      bytes.removeAll(keepingCapacity: true)
      guard Base64.append(vocab.contents[index], to: &bytes), !bytes.isEmpty else {
        throw .badData("\(file.place): the token of rank \(rank) is not base64")
      }
      list.append(bytes.span)
      ids.append(rank + UInt32(shift))
    }
    let tokens: TokenBytes
    do throws(TokenBytes.Clash) {
      tokens = try TokenBytes(list, ids: ids)
    } catch {
      throw .badData(
        "\(file.place): the token of rank \(error.id - UInt32(shift)): \(error)")
    }
    var special: [String: UInt32] = [:]
    for id in 0..<shift {
      special[id < usual.count ? usual[id] : "<SPECIAL_\(id)>"] = UInt32(id)
    }
    if let listed = json.special_tokens {
      special = [:]
      for token in listed { special[token.token_str] = token.rank }
    }
    let whole = try BytePairModel(ranks: tokens, special: special, place: file.place)
    return try GivenPattern(json.config.pattern, place: file.place)
      .tokenizer(whole, specialTokens: special)
  }

  private struct Ranks {
    var ranks: [UInt32] = []
    /// The bytes of each in base64.
    var contents: ByteStrings
  }

  /// The list `vocab`, and the file with an empty one in its place.
  private static func vocab(
    _ file: VocabularyFile
  ) throws(CuveeError) -> (Ranks, rest: VocabularyFile) {
    var cursor = JSONCursor(file.bytes, place: file.place)
    var vocab = Ranks(contents: ByteStrings(of: file.bytes))
    var list: Range<Int>?
    var isFirst = true
    var key: [UInt8] = []
    try cursor.expect(UInt8(ascii: "{"))
    while try cursor.nextKey(&key, &isFirst) {
      if key == Array("vocab".utf8), try cursor.peek() == UInt8(ascii: "[") {
        if list != nil { throw cursor.error("the key \"vocab\" is there twice") }
        let start = cursor.index
        try read(&cursor, into: &vocab)
        list = start..<cursor.index
      } else {
        try cursor.skipValue(depth: 1)
      }
      key.removeAll(keepingCapacity: true)
    }
    try cursor.finish()
    guard let list else { throw .badData("\(file.place): no key \"vocab\" with a list") }
    return (vocab, file.withEmptied([list]))
  }

  private static func read(_ cursor: inout JSONCursor, into vocab: inout Ranks) throws(CuveeError) {
    var isFirst = true
    var key: [UInt8] = []
    try cursor.expect(UInt8(ascii: "["))
    while try cursor.next(&isFirst, until: UInt8(ascii: "]")) {
      let start = cursor.index
      let count = vocab.ranks.count
      var isFirstKey = true
      try cursor.expect(UInt8(ascii: "{"))
      while try cursor.nextKey(&key, &isFirstKey) {
        switch String(decoding: key, as: UTF8.self) {
        case "rank": vocab.ranks.append(try cursor.id())
        case "token_bytes": try vocab.contents.append(&cursor)
        default: try cursor.skipValue(depth: 3)
        }
        key.removeAll(keepingCapacity: true)
      }
      guard vocab.ranks.count == count + 1, vocab.contents.count == count + 1 else {
        throw cursor.error("a token has one \"rank\" and one \"token_bytes\"", at: start)
      }
    }
  }
}
