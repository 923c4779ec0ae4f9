import Bytes

/// Turns ids to text by the steps of a tokenizer.json's decoder.
struct TokenDecoder: Sendable {
  /// A step.
  enum Step: Sendable {
    case replace([UInt8], with: [UInt8])
    /// Bytes of `<0x..>` tokens in a row.
    case byteFallback
    /// All tokens become one.
    case fuse
    /// Takes some of a character off both ends of each token.
    case strip([UInt8], start: Int, stop: Int)
    /// Marks become spaces; that of the first token may go.
    case metaspace([UInt8], dropsFirst: Bool)
  }

  /// The tokens: bytes of a byte-level vocabulary, characters of another.
  let tokens: TokenBytes
  let steps: [Step]
  /// What stands between tokens where the file has no decoder.
  let separator: [UInt8]

  /// Appends the text of ids; an id without a token gives U+FFFD.
  func decode(_ ids: Span<UInt32>, into output: inout [UInt8]) {
    var parts: [[UInt8]] = []
    for index in 0..<ids.count {
      var bytes: [UInt8] = []
      if !tokens.append(ids[index], to: &bytes) { bytes = [0xEF, 0xBF, 0xBD] }
      if steps.isEmpty && separator.isEmpty {
        output += bytes
      } else {
        parts.append(bytes)
      }
    }
    for step in steps { parts = apply(step, to: parts) }
    output += parts.joined(separator: separator)
  }

  private func apply(_ step: Step, to parts: [[UInt8]]) -> [[UInt8]] {
    switch step {
    case .replace(let pattern, let content):
      return parts.map { TextNormalizer.replacing(pattern, by: content, in: $0) }
    case .fuse: return [Array(parts.joined())]
    case .strip(let character, let start, let stop):
      return parts.map { part in
        var rest = part[...]
        for _ in 0..<start where rest.starts(with: character) {
          rest = rest.dropFirst(character.count)
        }
        for _ in 0..<stop where rest.suffix(character.count).elementsEqual(character) {
          rest = rest.dropLast(character.count)
        }
        return Array(rest)
      }
    case .metaspace(let mark, let dropsFirst):
      return parts.enumerated().map { index, part in
        var rest = part[...]
        if dropsFirst, index == 0, rest.starts(with: mark) { rest = rest.dropFirst(mark.count) }
        return TextNormalizer.replacing(mark, by: [0x20], in: Array(rest))
      }
    case .byteFallback: return withBytes(parts)
    }
  }

  private func withBytes(_ parts: [[UInt8]]) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var bytes: [UInt8] = []
    func flush() {
      if bytes.isEmpty { return }
      if String(validating: bytes, as: UTF8.self) != nil {
        result.append(bytes)
      } else {
        for _ in bytes { result.append([0xEF, 0xBF, 0xBD]) }
      }
      bytes.removeAll()
    }
    for part in parts {
      if part.count == 6, let byte = ByteFallback.byte(String(decoding: part, as: UTF8.self)) {
        bytes.append(byte)
      } else {
        flush()
        result.append(part)
      }
    }
    flush()
    return result
  }
}
