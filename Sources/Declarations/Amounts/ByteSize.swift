/// Sizes in bytes as people write them: `256MiB`, `1.5GB`, `65536`.
public enum ByteSize {
  /// The factors of the suffixes; none is the end of a later one.
  static let suffixes: [(suffix: String, factor: UInt64)] = [
    ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
    ("kB", 1000), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000), ("B", 1),
  ]

  /// The number of bytes that a text says, exact; nil where it is malformed or not whole.
  public static func parse(_ text: String) -> UInt64? {
    for (suffix, factor) in suffixes where text.hasSuffix(suffix) {
      return ExactDecimal(text.dropLast(suffix.count))?.times(factor)
    }
    return ExactDecimal(text[...])?.times(1)
  }

  /// A size in words, with the greatest suffix that keeps it whole.
  package static func words(_ bytes: UInt64) -> String {
    let factors = suffixes.filter { $0.suffix.hasSuffix("iB") }.reversed()
    for (suffix, factor) in factors where bytes >= factor && bytes % factor == 0 {
      return "\(bytes / factor)\(suffix)"
    }
    return "\(bytes)"
  }
}
