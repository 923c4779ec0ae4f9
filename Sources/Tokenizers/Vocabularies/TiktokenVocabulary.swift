import Bytes
import Foundation

/// Reads tiktoken's rank files: a line a token, its bytes in base64, a space, and its id.
enum TiktokenVocabulary {
  /// Whether a file looks like one: its first line does.
  static func matches(_ file: VocabularyFile) -> Bool {
    guard let line = file.bytes.split(separator: 0x0A, maxSplits: 1).first else { return false }
    return entry(line) != nil
  }

  /// Reads the tokens, and adds special ones that the file does not hold.
  ///
  /// - Throws: `badData` with the line of the first bad token.
  static func read(
    _ file: VocabularyFile, specialTokens: [String: UInt32]
  ) throws(CuveeError) -> BytePairModel {
    var tokens = TokenBytes()
    var number = 0
    for line in file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      if line.isEmpty || line.elementsEqual([0x0D]) { continue }
      let place = "\(file.place):\(number)"
      guard let (bytes, id) = entry(line), !bytes.isEmpty else {
        throw .badData("\(place): a token in base64, a space and its id are wanted")
      }
      try tokens.addChecked(bytes, id: id, place: place)
    }
    let model = try BytePairModel(ranks: tokens, place: file.place)
    if specialTokens.isEmpty { return model }
    for (content, id) in specialTokens.sorted(by: { $0.value < $1.value }) {
      let place = "\(file.place): special token \(content)"
      try tokens.addChecked(Array(content.utf8), id: id, place: place, isText: false)
    }
    return BytePairModel(
      tokens: tokens, byteTokens: model.byteTokens, pairs: model.pairs, prefersWholePieces: true)
  }

  private static func entry(_ line: ArraySlice<UInt8>) -> ([UInt8], UInt32)? {
    let line = line.last == 0x0D ? line.dropLast() : line
    let fields = line.split(separator: 0x20, omittingEmptySubsequences: false)
    guard fields.count == 2, let id = UInt32(String(decoding: fields[1], as: UTF8.self)),
      let data = Data(base64Encoded: Data(fields[0]))
    else { return nil }
    return (Array(data), id)
  }
}
