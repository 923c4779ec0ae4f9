import Bytes

/// Prepares text as SentencePiece does: its rules, its spaces, its dummy prefix.
///
/// Where the model escapes spaces, U+2581 and the space are one symbol to it, and no other space is
/// left. Both are written here as a space: two bytes less, and nothing lost.
struct SentencePieceNormalizer: Sendable {
  let options: SentencePieceFile.Normalization
  let charsmap: PrecompiledCharsmap?
  /// Pieces that rules leave alone, as text has them.
  let userDefined: ByteTrie
  let suffixesSpace: Bool
  /// The ASCII characters of which runs are copied.
  private let isPlain: [Bool]

  init(_ file: SentencePieceFile) throws(CuveeError) {
    options = file.normalization
    let blob = file.normalization.charsmap
    charsmap =
      blob.isEmpty ? nil : try PrecompiledCharsmap(blob, place: "\(file.place): normalizer_spec")
    userDefined = ByteTrie(
      file.pieces.enumerated().filter { $0.element.kind == .userDefined }
        .map { (key: $0.element.bytes, value: UInt32($0.offset)) })
    suffixesSpace = file.treatsWhitespaceAsSuffix
    let map = charsmap
    let starts = Set(file.pieces.filter { $0.kind == .userDefined }.map { $0.bytes[0] })
    let removes = file.normalization.removesExtraWhitespace
    isPlain = (0..<256).map { byte in
      byte < 0x80 && map?.isPlain[byte] ?? true && !starts.contains(UInt8(byte))
        && !(removes && byte == 0x20)
    }
  }

  /// Appends the text as the model sees it.
  func append(_ text: Span<UInt8>, to output: inout [UInt8]) {
    var index = 0
    if options.removesExtraWhitespace {
      while index < text.count {
        let (piece, length) = prefix(text, at: index)
        if !piece.elementsEqual([0x20]) { break }
        index += length
      }
    }
    if index >= text.count { return }
    let first = output.count
    if !suffixesSpace, options.addsDummyPrefix { output.append(0x20) }
    var followsSpace = options.removesExtraWhitespace
    while index < text.count {
      let end = plainEnd(text, from: index)
      if end > index {
        output.append(text, from: index, to: end)
        followsSpace = false
        index = end
        continue
      }
      var (piece, length) = prefix(text, at: index)
      while followsSpace, piece.first == 0x20 { piece = piece.dropFirst() }
      if !piece.isEmpty {
        appendEscaped(piece, to: &output)
        followsSpace = options.removesExtraWhitespace && piece.last == 0x20
      }
      index += length
    }
    if options.removesExtraWhitespace {
      while output.count > first, output[output.count - 1] == 0x20 { output.removeLast() }
    }
    if suffixesSpace, options.addsDummyPrefix { output.append(0x20) }
  }

  /// The end of the run of characters at an offset that are copied as they are.
  @inline(__always)
  private func plainEnd(_ text: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < text.count, isPlain[Int(text[end])] { end &+= 1 }
    // A rule may begin with an ASCII character and go on with another one.
    if charsmap != nil, end < text.count, text[end] >= 0x80, end > start { end &-= 1 }
    return end
  }

  /// What the longest rule at an offset gives, and the bytes that it takes.
  private func prefix(_ text: Span<UInt8>, at index: Int) -> (ArraySlice<UInt8>, Int) {
    func bytes(_ length: Int) -> ArraySlice<UInt8> {
      var result: [UInt8] = []
      result.append(text, from: index, to: index + length)
      return result[...]
    }
    if !userDefined.isEmpty, let found = userDefined.longest(text, at: index) {
      return (bytes(found.length), found.length)
    }
    if let charsmap {
      let (length, result) = charsmap.longest(text, at: index)
      if length > 0 { return (charsmap.result(result), length) }
    }
    let (point, length) = UTF8Decoding.scalar(in: text, at: index)
    if point == 0xFFFD, length == 1 { return ([0xEF, 0xBF, 0xBD], 1) }
    return (bytes(length), length)
  }

  private func appendEscaped(_ piece: ArraySlice<UInt8>, to output: inout [UInt8]) {
    guard options.escapesWhitespace, piece.contains(0xE2) else {
      output += piece
      return
    }
    output += Self.unmarked(piece)
  }

  /// Bytes with a space for every U+2581.
  static func unmarked(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.first {
      if rest.starts(with: [0xE2, 0x96, 0x81]) {
        result.append(0x20)
        rest = rest.dropFirst(3)
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
