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
  /// - Parameters:
  ///   - file: The file.
  ///   - specialTokens: Tokens to add.
  ///   - isVouchedFor: Whether it is known to be whole: its digest is a registered one, or the user's.
  /// - Returns: The model.
  /// - Throws: `badData` with the line of the first bad token, or where a part of the file is missing.
  static func read(
    _ file: VocabularyFile, specialTokens: [String: UInt32], isVouchedFor: Bool
  ) throws(CuveeError) -> BytePairModel {
    var tokens = TokenBytes()
    var completeness = TiktokenCompleteness(place: file.place)
    var number = 0
    for line in file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      if line.isEmpty || line.elementsEqual([0x0D]) { continue }
      let place = "\(file.place):\(number)"
      // A number that is cut short is a smaller one, which has a token already.
      let isCut = line.endIndex == file.bytes.endIndex
      let ending = isCut ? "; the file ends inside this line: get it anew" : ""
      guard let (bytes, id) = entry(line) else {
        throw .badData("\(place): a token in base64, a space and its id are wanted\(ending)")
      }
      do throws(CuveeError) {
        try tokens.addChecked(bytes, id: id, place: place)
      } catch {
        throw .badData(error.message + ending)
      }
      completeness.add(bytes, id: id, line: number)
    }
    if !isVouchedFor { try completeness.check() }
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
    guard fields.count == 2, let id = UInt32(String(decoding: fields[1], as: UTF8.self)) else {
      return nil
    }
    // Whisper's multilingual.tiktoken ends in an empty token, which Python's base64 reads out of `=`.
    if fields[0].elementsEqual([UInt8(ascii: "=")]) { return ([], id) }
    guard !fields[0].isEmpty, let data = Data(base64Encoded: Data(fields[0])), !data.isEmpty else {
      return nil
    }
    return (Array(data), id)
  }
}
