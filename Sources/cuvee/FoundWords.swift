import Pipeline

/// What a step has found in the documents that it dropped, for people: the most frequent first.
enum FoundWords {
  /// As many are shown; all are in the manifest and in JSON.
  private static let shown = 30

  /// `"a" 12, "b" 3, and 4 more`.
  static func text(_ found: [String: UInt64]) -> String {
    let sorted = found.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let words = sorted.prefix(shown).map {
      "\($0.key.debugDescription) \(Figures.grouped($0.value))"
    }
    let more = sorted.count - shown
    return words.joined(separator: ", ") + (more > 0 ? ", and \(more) more" : "")
  }
}
