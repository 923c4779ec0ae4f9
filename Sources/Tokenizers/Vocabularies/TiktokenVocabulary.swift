import Bytes

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
    return try BytePairModel(ranks: tokens, special: specialTokens, place: file.place)
  }

  private static func entry(_ line: ArraySlice<UInt8>) -> ([UInt8], UInt32)? {
    let line = line.last == 0x0D ? line.dropLast() : line
    guard let space = line.firstIndex(of: 0x20),
      let id = UInt32(String(decoding: line[(space + 1)...], as: UTF8.self))
    else { return nil }
    let encoded = line[..<space]
    // Whisper's multilingual.tiktoken ends in an empty token, which Python's base64 reads out of `=`.
    if encoded.elementsEqual([UInt8(ascii: "=")]) { return ([], id) }
    guard let bytes = Base64.decoded(encoded.span), !bytes.isEmpty else { return nil }
    return (bytes, id)
  }
}
