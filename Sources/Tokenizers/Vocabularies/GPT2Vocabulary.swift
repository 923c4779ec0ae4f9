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
    var cursor = JSONCursor(vocabulary.bytes, place: vocabulary.place)
    let written = try JSONTokens(&cursor).table(place: vocabulary.place)
    try cursor.finish()
    let tokens = try ByteLevelVocabulary.tokens(of: written, place: vocabulary.place)
    var list = ByteStrings()
    let version = Array("#version".utf8)
    var number = 0
    for line in merges.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let line = line.last == 0x0D ? line.dropLast() : line
      if line.isEmpty || number == 1 && line.starts(with: version) { continue }
      list.append(line.span)
      guard list.splitLast() else {
        throw .badData("\(merges.place):\(number): two tokens with one space between are wanted")
      }
    }
    let model = BytePairModel(
      tokens: tokens,
      byteTokens: try BytePairModel.byteTokens(of: tokens, place: vocabulary.place),
      pairs: try ByteLevelVocabulary.pairs(of: list, written: written, place: merges.place),
      prefersWholePieces: false)
    let end = TokenizerCatalogue.endOfText
    let special = written[Array(end.utf8)].map { [end: $0] }
    return BytePairTokenizer(model: model, pattern: .gpt2, specialTokens: special ?? [:])
  }
}
