import Bytes

/// Reads tiktoken's rank files: a line a token, its bytes in base64, a space, and its id.
enum TiktokenVocabulary {
  /// Whether a file looks like one: its first line does.
  static func matches(_ file: VocabularyFile) -> Bool {
    var lines = Lines(file)
    var bytes: [UInt8] = []
    while let line = lines.next() {
      if !line.isEmpty { return entry(file.bytes.span.extracting(line), &bytes) != nil }
    }
    return false
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
    let text = file.bytes.span
    var tokens = ByteStrings(capacity: file.bytes.count / usualLine)
    var ids: [UInt32] = []
    var numbers: [Int] = []
    ids.reserveCapacity(file.bytes.count / usualLine)
    numbers.reserveCapacity(file.bytes.count / usualLine)
    var completeness = TiktokenCompleteness(place: file.place)
    var lines = Lines(file)
    var bytes: [UInt8] = []
    var bad: Int?
    var endsInside = false
    while let line = lines.next() {
      let content = text.extracting(line)
      if content.isEmpty || content.count == 1 && content[0] == 0x0D { continue }
      guard let id = entry(content, &bytes) else {
        bad = lines.number
        endsInside = line.upperBound == text.count
        break
      }
      tokens.append(bytes.span)
      ids.append(id)
      numbers.append(lines.number)
      if !isVouchedFor { completeness.add(bytes, id: id, line: lines.number) }
      if line.upperBound == text.count { endsInside = true }
    }
    let ending = "; the file ends inside this line: get it anew"
    let table: TokenBytes
    do throws(TokenBytes.Clash) {
      table = try TokenBytes(tokens, ids: ids)
    } catch {
      // A number that is cut short is a smaller one, which has a token already.
      let isCut = endsInside && bad == nil && error.index == ids.count - 1
      throw .badData("\(file.place):\(numbers[error.index]): \(error)" + (isCut ? ending : ""))
    }
    if let bad {
      throw .badData(
        "\(file.place):\(bad): a token in base64, a space and its id are wanted"
          + (endsInside ? ending : ""))
    }
    if !isVouchedFor { try completeness.check() }
    return try BytePairModel(ranks: table, special: specialTokens, place: file.place)
  }

  /// The bytes of a line in the files that there are, about.
  private static let usualLine = 16

  /// The lines of a file.
  private struct Lines {
    private let file: VocabularyFile
    private var start = 0
    /// The number of the last line, from 1 on.
    private(set) var number = 0

    init(_ file: VocabularyFile) { self.file = file }

    /// The next line without its end.
    mutating func next() -> Range<Int>? {
      let count = file.bytes.count
      guard start <= count else { return nil }
      let end = ByteSearch.firstIndex(of: 0x0A, 0x0A, 0x0A, in: file.bytes.span, from: start)
      defer { start = end + 1 }
      number += 1
      return start..<end
    }
  }

  /// The first place of a byte from an index on, or the end of the text. Lines are short.
  private static func firstIndex(of byte: UInt8, in text: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < text.count, text[index] != byte { index += 1 }
    return index
  }

  /// The id of a line, and its token as `bytes`; nil for a line of another form.
  private static func entry(_ line: Span<UInt8>, _ bytes: inout [UInt8]) -> UInt32? {
    bytes.removeAll(keepingCapacity: true)
    let count = line.count > 0 && line[line.count - 1] == 0x0D ? line.count - 1 : line.count
    let space = firstIndex(of: 0x20, in: line, from: 0)
    guard space + 1 < count else { return nil }
    var id: UInt64 = 0
    for index in space + 1..<count {
      guard (0x30...0x39).contains(line[index]) else { return nil }
      id = id * 10 + UInt64(line[index] - 0x30)
      if id > UInt32.max { return nil }
    }
    let encoded = line.extracting(0..<space)
    // Whisper's multilingual.tiktoken ends in an empty token, which Python's base64 reads out of `=`.
    if space == 1, line[0] == UInt8(ascii: "=") { return UInt32(id) }
    guard Base64.append(encoded, to: &bytes), !bytes.isEmpty else { return nil }
    return UInt32(id)
  }
}
