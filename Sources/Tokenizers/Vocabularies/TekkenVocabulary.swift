import Bytes
import Foundation

/// Reads Mistral's tekken.json: ranks with their bytes in base64, behind a number of special tokens.
enum TekkenVocabulary {
  private struct File: Decodable {
    struct Config: Decodable {
      var pattern: String
      var default_vocab_size: Int
      var default_num_special_tokens: Int
      var version: String?
    }
    struct Entry: Decodable {
      var rank: UInt32
      var token_bytes: String
    }
    struct Special: Decodable {
      var rank: UInt32
      var token_str: String
    }
    var config: Config
    var vocab: [Entry]
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
    let json = try file.decodeJSON(File.self)
    let shift = json.config.default_num_special_tokens
    let count = json.config.default_vocab_size - shift
    guard shift >= 0, shift < 1 << 20, count > 0, count <= json.vocab.count else {
      throw .badData("\(file.place): the sizes in config do not fit the \(json.vocab.count) tokens")
    }
    var tokens = TokenBytes()
    for entry in json.vocab where entry.rank < count {
      let place = "\(file.place): the token of rank \(entry.rank)"
      guard let data = Data(base64Encoded: entry.token_bytes), !data.isEmpty else {
        throw .badData("\(place) is not base64")
      }
      try tokens.addChecked(Array(data), id: entry.rank + UInt32(shift), place: place)
    }
    let model = try BytePairModel(ranks: tokens, place: file.place)
    var special: [String: UInt32] = [:]
    for id in 0..<shift {
      special[id < usual.count ? usual[id] : "<SPECIAL_\(id)>"] = UInt32(id)
    }
    if let listed = json.special_tokens {
      special = [:]
      for token in listed { special[token.token_str] = token.rank }
    }
    for (content, id) in special.sorted(by: { $0.value < $1.value }) {
      let place = "\(file.place): special token \(content)"
      try tokens.addChecked(Array(content.utf8), id: id, place: place, isText: false)
    }
    let whole = BytePairModel(
      tokens: tokens, byteTokens: model.byteTokens, pairs: model.pairs, prefersWholePieces: true)
    return try GivenPattern(json.config.pattern, place: file.place)
      .tokenizer(whole, specialTokens: special)
  }
}
