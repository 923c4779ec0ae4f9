import Bytes

/// A change of text before it is cut, as Hugging Face tokenizers have them.
indirect enum TextNormalizer: Sendable {
  case nfc
  case nfd
  case nfkc
  case nfkd
  case lowercase
  case stripAccents
  case nmt
  case strip(left: Bool, right: Bool)
  case prepend([UInt8])
  case replace([UInt8], with: [UInt8])
  case replaceMatches(RegexReplacement, with: [UInt8])
  case precompiled(PrecompiledCharsmap)
  /// From here on a character is a byte, written as GPT-2's vocabulary writes it; to us text is bytes
  /// anyway.
  case byteLevel
  case sequence([TextNormalizer])

  /// The changed text.
  func apply(_ text: consuming [UInt8]) -> [UInt8] {
    switch self {
    case .nfc: return Self.composed(text)
    case .nfd: return Decomposition.canonical.apply(text)
    case .nfkc: return Self.composed(Decomposition.compatible.apply(text))
    case .nfkd: return Decomposition.compatible.apply(text)
    case .lowercase: return CharacterMap.lowercase.apply(text)
    case .stripAccents: return Self.removing(Self.accents, from: text)
    case .nmt: return CharacterMap.nmt.apply(text)
    case .strip(let left, let right): return Self.stripped(text, left: left, right: right)
    case .prepend(let prefix): return text.isEmpty ? text : prefix + text
    case .replace(let pattern, let content): return Self.replacing(pattern, by: content, in: text)
    case .replaceMatches(let regex, let content):
      return regex.apply(text, content: content)
    case .byteLevel: return text
    case .precompiled(let charsmap): return GraphemeRules.apply(charsmap, to: text)
    case .sequence(let parts):
      // What one has made is let go when the next is done.
      var result = consume text
      for part in parts { result = part.apply(consume result) }
      return result
    }
  }

  private static let accents = UnicodeProperties.accents.table
  private static let whitespace = UnicodeProperties.whitespace.table

  private static func composed(_ bytes: [UInt8]) -> [UInt8] {
    let normalizer = CanonicalNormalizer.reference
    guard let doubtful = normalizer.firstDoubtful(in: bytes.span) else { return bytes }
    var result: [UInt8] = []
    normalizer.append(bytes.span, firstDoubtful: doubtful, to: &result)
    return result
  }

  private static func removing(_ table: CodePointTable, from text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      let (point, length) = UTF8Decoding.scalar(in: text.span, at: index)
      if table[point] == 0 { result += text[index..<index + length] }
      index += length
    }
    return result
  }

  private static func stripped(_ text: [UInt8], left: Bool, right: Bool) -> [UInt8] {
    var start = 0
    var end = text.count
    var index = 0
    var isLeading = left
    var lastText = 0
    while index < text.count {
      let (point, length) = UTF8Decoding.scalar(in: text.span, at: index)
      let isSpace = whitespace[point] != 0
      if isLeading {
        if isSpace { start = index + length } else { isLeading = false }
      }
      if !isSpace { lastText = index + length }
      index += length
    }
    if right { end = max(start, lastText) }
    return Array(text[start..<end])
  }

  /// Text with every occurrence of some bytes replaced, leftmost first.
  static func replacing(_ pattern: [UInt8], by content: [UInt8], in text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = next(pattern[0], in: text, from: 0)
    if index == text.count { return text }
    result.reserveCapacity(text.count + text.count / 2)
    var copied = 0
    while index + pattern.count <= text.count {
      var length = 1
      while length < pattern.count, text[index + length] == pattern[length] { length += 1 }
      if length == pattern.count {
        result.append(text.span, from: copied, to: index)
        result += content
        index += length
        copied = index
      } else {
        index += 1
      }
      index = next(pattern[0], in: text, from: index)
    }
    result.append(text.span, from: copied, to: text.count)
    return result
  }

  private static func next(_ byte: UInt8, in text: [UInt8], from start: Int) -> Int {
    ByteSearch.firstIndex(of: byte, byte, byte, in: text.span, from: start)
  }
}
