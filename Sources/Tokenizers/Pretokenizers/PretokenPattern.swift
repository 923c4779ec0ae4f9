import Bytes

/// How text is cut into pieces before the merges; no token crosses a piece.
public enum PretokenPattern: String, Sendable, CaseIterable {
  /// GPT-2's pattern, of r50k, p50k and GPT-NeoX as well.
  case gpt2
  /// cl100k's pattern as tiktoken has it.
  case cl100k
  /// Llama 3's pattern: cl100k's as it was first published.
  case llama3
  /// Qwen 2's pattern: Llama 3's with single digits.
  case qwen2
  /// o200k's pattern, of Llama 4 as well.
  case o200k
  /// Tekken's pattern: o200k's with single digits and without contractions.
  case tekken
  /// No cutting: a text is one piece.
  case whole

  /// Other names of patterns.
  private static let aliases: [String: PretokenPattern] = [
    "r50k_base": .gpt2, "p50k_base": .gpt2, "cl100k_base": .cl100k, "o200k_base": .o200k,
    "llama4": .o200k, "qwen": .qwen2,
  ]

  /// The pattern of a name.
  ///
  /// - Parameters:
  ///   - name: Its key in a mixture file.
  ///   - place: What the error begins with.
  /// - Throws: `badData` where there is no such pattern.
  public init(named name: String, place: String) throws(CuveeError) {
    guard let pattern = PretokenPattern(rawValue: name) ?? Self.aliases[name] else {
      throw .badData("\(place): there is no pattern \"\(name)\"; \(Self.choice)")
    }
    self = pattern
  }

  /// The names to choose from, for error messages.
  static let choice =
    "patterns are " + allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")

  /// Cuts text one character at a time; nil where text is not cut.
  var pretokenizer: (any Pretokenizer)? {
    switch self {
    case .gpt2: GPT2Pretokenizer()
    case .cl100k: CL100KPretokenizer(digits: 3, endWins: true)
    case .llama3: CL100KPretokenizer(digits: 3, endWins: false)
    case .qwen2: CL100KPretokenizer(digits: 1, endWins: false)
    case .o200k: O200KPretokenizer(digits: 3, contractions: true)
    case .tekken: O200KPretokenizer(digits: 1, contractions: false)
    case .whole: nil
    }
  }
}
