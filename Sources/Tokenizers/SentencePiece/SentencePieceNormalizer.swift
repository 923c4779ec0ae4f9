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
  /// Whether no rule begins with a space that an ASCII character follows.
  private let hasLoneSpaces: Bool
  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

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
    hasLoneSpaces = map?.isPlain[0x20] ?? true && !starts.contains(0x20)
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
        let length = spaceLength(text, at: index)
        if length == 0 { break }
        index += length
      }
    }
    if index >= text.count { return }
    let first = output.count
    if !suffixesSpace, options.addsDummyPrefix { output.append(0x20) }
    var followsSpace = options.removesExtraWhitespace
    while index < text.count {
      let end = plainEnd(text, from: index, followsSpace)
      if end > index {
        output.append(text, from: index, to: end)
        followsSpace = options.removesExtraWhitespace && text[end - 1] == 0x20
        index = end
      } else if isLoneSpace(text, at: index) {
        if !followsSpace { output.append(0x20) }
        followsSpace = options.removesExtraWhitespace
        index += 1
      } else {
        index += appendNext(text, at: index, followsSpace: &followsSpace, to: &output)
      }
    }
    if options.removesExtraWhitespace {
      while output.count > first, output[output.count - 1] == 0x20 { output.removeLast() }
    }
    if suffixesSpace, options.addsDummyPrefix { output.append(0x20) }
  }

  /// The end of the run of characters at an offset that are copied as they are: plain ones, and
  /// single spaces between them.
  @inline(__always)
  private func plainEnd(_ text: Span<UInt8>, from start: Int, _ followsSpace: Bool) -> Int {
    var end = start
    while end < text.count {
      if isPlain[Int(text[end])] {
        end &+= 1
      } else if text[end] == 0x20, hasLoneSpaces, end > start || !followsSpace,
        end &+ 1 < text.count, isPlain[Int(text[end &+ 1])]
      {
        end &+= 2
      } else {
        break
      }
    }
    // A rule may begin with an ASCII character and go on with another one.
    if charsmap != nil, end < text.count, text[end] >= 0x80, end > start { end &-= 1 }
    return end
  }

  /// Whether a space stands at an offset that no rule takes.
  @inline(__always)
  private func isLoneSpace(_ text: Span<UInt8>, at index: Int) -> Bool {
    hasLoneSpaces && text[index] == 0x20 && (index &+ 1 == text.count || text[index &+ 1] < 0x80)
  }

  /// Where the bytes are that stand for some of the text.
  private enum Replacement {
    /// The text has them.
    case text
    /// A rule's result has them.
    case rule(Range<Int>)
    /// U+FFFD, for a byte that is no character.
    case invalid
  }

  /// Appends what stands for the longest rule or the character at an offset.
  ///
  /// - Returns: The bytes of the text that it stands for.
  @inline(never)
  private func appendNext(
    _ text: Span<UInt8>, at index: Int, followsSpace: inout Bool, to output: inout [UInt8]
  ) -> Int {
    let (replacement, length) = next(text, at: index)
    switch replacement {
    case .text:
      append(text.extracting(index..<index + length), &followsSpace, to: &output)
    case .rule(let range):
      if let charsmap {
        append(charsmap.strings.span.extracting(range), &followsSpace, to: &output)
      }
    case .invalid: append(Self.replacement.span, &followsSpace, to: &output)
    }
    return length
  }

  private func next(_ text: Span<UInt8>, at index: Int) -> (Replacement, length: Int) {
    if !userDefined.isEmpty, let found = userDefined.longest(text, at: index) {
      return (.text, found.length)
    }
    if let charsmap {
      let (length, result) = charsmap.longest(text, at: index)
      if length > 0 { return (.rule(charsmap.range(ofResult: result)), length) }
    }
    let (point, length) = UTF8Decoding.scalar(in: text, at: index)
    return (point == 0xFFFD && length == 1 ? .invalid : .text, length)
  }

  /// The bytes at an offset that stand for a space and nothing more; 0 where there is more.
  private func spaceLength(_ text: Span<UInt8>, at index: Int) -> Int {
    let (replacement, length) = next(text, at: index)
    let isSpace =
      switch replacement {
      case .text: length == 1 && text[index] == 0x20
      case .rule(let range): charsmap.map { $0.strings[range] == [0x20] } ?? false
      case .invalid: false
      }
    return isSpace ? length : 0
  }

  /// Appends bytes without the spaces that they begin with where they follow one.
  private func append(
    _ piece: Span<UInt8>, _ followsSpace: inout Bool, to output: inout [UInt8]
  ) {
    var start = 0
    while followsSpace, start < piece.count, piece[start] == 0x20 { start += 1 }
    if start == piece.count { return }
    if options.escapesWhitespace {
      Self.appendUnmarked(piece.extracting(start..<piece.count), to: &output)
    } else {
      output.append(piece, from: start, to: piece.count)
    }
    followsSpace = options.removesExtraWhitespace && piece[piece.count - 1] == 0x20
  }

  /// Bytes with a space for every U+2581.
  static func unmarked(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    appendUnmarked(bytes.span, to: &result)
    return result
  }

  /// Appends bytes with a space for every U+2581.
  static func appendUnmarked(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      let isMark =
        bytes[index] == 0xE2 && index + 2 < bytes.count && bytes[index + 1] == 0x96
        && bytes[index + 2] == 0x81
      output.append(isMark ? 0x20 : bytes[index])
      index += isMark ? 3 : 1
    }
  }
}
