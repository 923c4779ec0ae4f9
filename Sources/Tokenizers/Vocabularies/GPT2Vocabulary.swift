import Bytes
import Foundation

/// Reads GPT-2's own form: a JSON object from tokens to ids, and beside it a file of merges.
enum GPT2Vocabulary {
  /// The names of the two files as OpenAI and as Hugging Face have them.
  static let names = [("encoder.json", "vocab.bpe"), ("vocab.json", "merges.txt")]

  /// The merges file that belongs to a vocabulary file.
  ///
  /// - Throws: `missingInput` where neither name is there.
  static func mergesPath(beside path: String, place: String) throws(CuveeError) -> String {
    let url = URL(fileURLWithPath: path)
    let usual = names.first { $0.0 == url.lastPathComponent }?.1
    let candidates = [usual].compactMap { $0 } + names.map(\.1)
    for name in candidates {
      let path = url.deletingLastPathComponent().appendingPathComponent(name).path
      if FileManager.default.fileExists(atPath: path) { return path }
    }
    throw .missingInput(
      "\(place): a vocabulary needs its merges beside it, as \(candidates.joined(separator: " or "))"
    )
  }

  /// Reads a vocabulary and its merges.
  ///
  /// - Throws: `badData` naming the token or the merge.
  static func read(
    vocabulary: VocabularyFile, merges: VocabularyFile
  ) throws(CuveeError) -> BytePairTokenizer {
    let ids = try vocabulary.decodeJSON([String: UInt32].self)
    let tokens = try ByteLevelVocabulary.tokens(of: ids, place: vocabulary.place)
    var list: [ByteLevelVocabulary.Merge] = []
    let text = String(decoding: merges.bytes, as: UTF8.self)
    // A carriage return and the newline after it are one Character, which isNewline covers.
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      if line.isEmpty || index == 0 && line.hasPrefix("#version") { continue }
      guard let merge = ByteLevelVocabulary.merge(of: line) else {
        throw .badData("\(merges.place):\(index + 1): two tokens with one space between are wanted")
      }
      list.append(merge)
    }
    let model = BytePairModel(
      tokens: tokens,
      byteTokens: try BytePairModel.byteTokens(of: tokens, place: vocabulary.place),
      pairs: try ByteLevelVocabulary.pairs(of: list, tokens: tokens, place: merges.place),
      prefersWholePieces: false)
    let special = ids.filter { $0.key == TokenizerCatalogue.endOfText }
    return BytePairTokenizer(model: model, pattern: .gpt2, specialTokens: special)
  }
}
