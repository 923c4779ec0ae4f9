import Bytes

/// How text is cut into pieces before the merges; no token crosses a piece.
public enum PretokenPattern: String, Sendable, CaseIterable {
  /// GPT-2's pattern, of r50k, p50k and GPT-NeoX as well.
  case gpt2
  /// No cutting: a text is one piece.
  case whole

  /// Patterns that are known by name and do not work yet.
  static let notYetSupported = ["cl100k", "cl100k_base", "o200k", "o200k_base", "qwen", "llama3"]

  /// The pattern of a name.
  ///
  /// - Parameters:
  ///   - name: Its key in a mixture file.
  ///   - place: What the error begins with.
  /// - Throws: `badData` where there is no such pattern, or not yet.
  public init(named name: String, place: String) throws(CuveeError) {
    if let pattern = PretokenPattern(rawValue: name) {
      self = pattern
    } else if Self.notYetSupported.contains(name) {
      throw .badData("\(place): the pattern \"\(name)\" is not supported yet; \(Self.choice)")
    } else {
      throw .badData("\(place): there is no pattern \"\(name)\"; \(Self.choice)")
    }
  }

  /// The names to choose from, for error messages.
  static let choice =
    "patterns are " + allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
}
