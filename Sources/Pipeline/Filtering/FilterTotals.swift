import Filters

/// What a run of a filter has counted.
public struct FilterTotals: Sendable, Codable {
  /// What one step has done.
  public struct Step: Sendable, Codable {
    /// The name of the reason.
    public var reason: String
    /// The rule.
    public var rule: String
    /// Documents dropped.
    public var documents: UInt64 = 0
    /// Bytes of their text.
    public var documentBytes: UInt64 = 0
    /// Lines cut.
    public var lines: UInt64 = 0
    /// Bytes of these lines.
    public var lineBytes: UInt64 = 0
    /// Lines changed.
    public var editedLines: UInt64 = 0
    /// Documents dropped, by what was found in them; nil where the step looks for one thing.
    public var found: [String: UInt64]?

    enum CodingKeys: String, CodingKey {
      case reason, rule, documents, lines, found
      case documentBytes = "document_bytes"
      case lineBytes = "line_bytes"
      case editedLines = "edited_lines"
    }
  }

  /// Documents read, and the bytes of their text.
  public var documents: UInt64 = 0
  /// Bytes of the text read.
  public var bytes: UInt64 = 0
  /// Documents kept.
  public var keptDocuments: UInt64 = 0
  /// Bytes of the text kept.
  public var keptBytes: UInt64 = 0
  /// Bytes of white space and line ends left out of texts that were kept.
  public var trimmedBytes: Int64 = 0
  /// The steps, in order.
  public var steps: [Step]
  /// Records that gave no document.
  public var badRecordCount: UInt64 = 0
  /// The first of them.
  public var badRecords: [String] = []
  /// The bad records of each file.
  public internal(set) var badRecordsByFile: [BadRecordSummary] = []

  enum CodingKeys: String, CodingKey {
    case documents, bytes, steps
    case keptDocuments = "kept_documents"
    case keptBytes = "kept_bytes"
    case trimmedBytes = "trimmed_bytes"
    case badRecordCount = "bad_record_count"
    case badRecords = "bad_records"
  }

  init(_ chain: FilterChain) {
    steps = chain.reasons.map { Step(reason: $0.name, rule: $0.rule) }
  }

  mutating func add(_ counts: [FilterCounts]) {
    for (index, count) in counts.enumerated() {
      steps[index].documents += count.documents
      steps[index].documentBytes += count.documentBytes
      steps[index].lines += count.lines
      steps[index].lineBytes += count.lineBytes
      steps[index].editedLines += count.editedLines
      FilterCounts.add(count.found, to: &steps[index].found)
    }
  }
}
