/// Numbers of tokens as people write them: `2.62B`, `31.3M`, `10k`, `4096`.
public enum TokenCount {
  /// The factors of the suffixes.
  static let suffixes: [(suffix: Character, factor: UInt64)] = [
    ("k", 1000), ("K", 1000), ("M", 1_000_000), ("B", 1_000_000_000), ("T", 1_000_000_000_000),
  ]

  /// The number of tokens that a text says, exact; nil where it is malformed or not whole.
  public static func parse(_ text: String) -> UInt64? {
    if let last = text.last, let match = suffixes.first(where: { $0.suffix == last }) {
      return ExactDecimal(text.dropLast())?.times(match.factor)
    }
    return ExactDecimal(text[...])?.times(1)
  }
}
