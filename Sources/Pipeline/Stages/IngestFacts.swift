import Bytes
import Documents
import Readers

/// A bad record as reports show it.
struct BadRecordReport: Codable, Sendable, Equatable {
  var path: String
  var record: UInt64
  var reason: BadRecord.Reason
  var detail: String

  /// `data/x.jsonl: record 12: malformed_json: ...`
  var line: String { "\(path): record \(record): \(reason.rawValue): \(detail)" }
}

/// What ingest says of one text part.
struct IngestFacts: Codable, Sendable {
  /// Bad records shown of one text part; all are counted.
  static let reportsKept = 10

  /// The text part.
  var text = TextFacts()
  /// Documents that were read.
  var read = Tally()
  /// What the steps before the first barrier have done, by the ids of their entries.
  var steps: [String: StepAccount] = [:]
  /// Records that gave no document, by reason.
  var badRecords: [String: UInt64] = [:]
  /// The first of them.
  var reports: [BadRecordReport] = []
  /// Where the next text part begins.
  var end = ReadPosition.start
  /// Whether this is the last text part of its input part.
  var last = false
}

/// A text part that was ingested, with its account.
struct IngestedPart: Sendable {
  let text: TextPart
  let facts: IngestFacts
}
