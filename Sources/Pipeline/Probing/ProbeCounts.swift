/// What a probe has counted, or what this stands for in the whole source: then each number is one of
/// the sample times what the sample is a part of.
struct ProbeCounts: Sendable {
  /// Documents that were read, and the bytes of their text.
  var documents = 0.0
  var bytes = 0.0
  /// Those that are left after the rules.
  var keptDocuments = 0.0
  var keptBytes = 0.0
  /// Bytes of text that were tokenised, and their tokens.
  var excerptBytes = 0.0
  var excerptTokens = 0.0

  /// Tokens for a byte of text that is kept; nil where nothing was tokenised.
  var tokensPerByte: Double? { excerptBytes > 0 ? excerptTokens / excerptBytes : nil }

  /// The same with the excerpts taken for all of the text that is kept; so texts weigh by their bytes
  /// where excerpts are denser in some than in others.
  var withExcerptsForAll: ProbeCounts {
    guard excerptBytes > 0 else { return self }
    var counts = self
    counts.excerptTokens = excerptTokens * keptBytes / excerptBytes
    counts.excerptBytes = keptBytes
    return counts
  }

  /// Adds counts that stand for so many times as much.
  mutating func add(_ other: ProbeCounts, times factor: Double) {
    documents += other.documents * factor
    bytes += other.bytes * factor
    keptDocuments += other.keptDocuments * factor
    keptBytes += other.keptBytes * factor
    excerptBytes += other.excerptBytes * factor
    excerptTokens += other.excerptTokens * factor
  }
}
