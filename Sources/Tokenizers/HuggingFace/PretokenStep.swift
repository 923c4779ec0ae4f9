import Bytes

/// A step that cuts text to pieces, as Hugging Face tokenizers have them.
enum PretokenStep: Sendable {
  /// What is looked for in a piece.
  enum Target: Sendable {
    case regex(RegexPattern)
    /// A pattern that a scanner cuts by; it matches all text.
    case pattern(PretokenPattern)
    case literal([UInt8])
    /// Each character of a set.
    case characters(CodePointSet)
  }

  /// What becomes of what is found.
  enum Behavior: String, Sendable, Decodable {
    case removed = "Removed"
    case isolated = "Isolated"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"
    case contiguous = "Contiguous"
  }

  /// Where a space mark is put before a text.
  enum Prepending: String, Sendable, Decodable {
    case always
    case first
    case never
  }

  /// Cuts where something is found, or is not.
  case split(Target, Behavior, isInverted: Bool)
  /// Puts a space before every piece that has none.
  case prefixSpace
  /// Writes a mark for every space, puts one before the text, and cuts before each.
  case metaspace(mark: [UInt8], Prepending, splits: Bool)
  /// From here on a character is a byte, written as GPT-2's vocabulary writes it.
  case byteLevel
}

extension PretokenStep.Target {
  /// What is looked for, as a pattern.
  func node(place: String) throws(CuveeError) -> RegexNode {
    switch self {
    case .regex(let pattern): return pattern.node
    case .pattern(let pattern):
      return try RegexParser.parse(pattern.regex, dialect: .rust, place: place)
    case .literal(let bytes):
      return .sequence(
        String(decoding: bytes, as: UTF8.self).unicodeScalars.map { .set(CodePointSet($0.value)) })
    case .characters(let set): return .set(set)
    }
  }
}
