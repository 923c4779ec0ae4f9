/// What `cuvee tokenize` has counted, in all and by source: here a file is one.
public struct TokenizeTotals: Sendable, Encodable {
  /// What some records came to.
  public struct Counts: Sendable {
    /// Documents.
    public internal(set) var documents: UInt64 = 0
    /// Bytes of their text.
    public internal(set) var bytes: UInt64 = 0
    /// Tokens.
    public internal(set) var tokens: UInt64 = 0
    /// Special tokens that the texts spell out.
    public internal(set) var specialTokens: UInt64 = 0
    /// Records that gave no document, by reason.
    public internal(set) var badRecords: [String: UInt64] = [:]

    /// Tokens for a byte of text; 0 where there is no text.
    public var tokensPerByte: Double { bytes == 0 ? 0 : Double(tokens) / Double(bytes) }

    static func += (total: inout Counts, more: Counts) {
      total.documents += more.documents
      total.bytes += more.bytes
      total.tokens += more.tokens
      total.specialTokens += more.specialTokens
      total.badRecords.merge(more.badRecords, uniquingKeysWith: +)
    }
  }

  /// The counts of each file, in the order given.
  public internal(set) var sources: [(name: String, counts: Counts)] = []
  /// The bad records of each file, in the same order.
  public internal(set) var badRecords: [BadRecordSummary] = []

  /// The first records that gave no document, a line each.
  public var firstBadRecords: [String] {
    Array(badRecords.lazy.flatMap(\.examples).prefix(BadRecordSummary.examplesKept))
  }

  /// The counts of all files.
  public var all: Counts {
    sources.reduce(into: Counts()) { $0 += $1.counts }
  }

  enum CodingKeys: String, CodingKey {
    case sources
    case firstBadRecords = "first_bad_records"
    case source, documents, bytes, tokens
    case tokensPerByte = "tokens_per_byte"
    case specialTokens = "special_tokens"
    case badRecords = "bad_records"
  }

  /// Writes the counts of all files, and `sources` with those of each.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try encode(all, to: &container)
    try container.encode(firstBadRecords, forKey: .firstBadRecords)
    var list = container.nestedUnkeyedContainer(forKey: .sources)
    for source in sources {
      var entry = list.nestedContainer(keyedBy: CodingKeys.self)
      try entry.encode(source.name, forKey: .source)
      try encode(source.counts, to: &entry)
    }
  }

  private func encode(
    _ counts: Counts, to container: inout KeyedEncodingContainer<CodingKeys>
  ) throws {
    try container.encode(counts.documents, forKey: .documents)
    try container.encode(counts.bytes, forKey: .bytes)
    try container.encode(counts.tokens, forKey: .tokens)
    try container.encode(counts.tokensPerByte, forKey: .tokensPerByte)
    try container.encode(counts.specialTokens, forKey: .specialTokens)
    try container.encode(counts.badRecords, forKey: .badRecords)
  }
}
