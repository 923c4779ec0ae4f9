import Bytes
import Documents
import Readers

/// Documents and the bytes of their text.
struct Tally: Codable, Sendable, Equatable {
  var documents: UInt64 = 0
  var bytes: UInt64 = 0

  mutating func add(bytes: Int) {
    documents += 1
    self.bytes += UInt64(bytes)
  }

  static func += (a: inout Tally, b: Tally) {
    a.documents += b.documents
    a.bytes += b.bytes
  }
}

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

  /// SHA-256 of the text part's uncompressed bytes: what the stages after it depend on.
  var textDigest: Digest
  /// Uncompressed bytes of the text part, JSON included.
  var textBytes: UInt64
  /// The documents in each of its frames.
  var frameDocuments: [UInt32]
  /// Documents that were read.
  var read = Tally()
  /// Documents that go on.
  var kept = Tally()
  /// Documents that were dropped, by reason.
  var dropped: [String: Tally] = [:]
  /// Records that gave no document, by reason.
  var badRecords: [String: UInt64] = [:]
  /// The first of them.
  var reports: [BadRecordReport] = []
  /// Where the next text part begins.
  var end: ReadPosition
  /// Whether this is the last text part of its input part.
  var last: Bool
}

/// A finished text part: the unit of all that comes after ingest.
struct TextPart: Sendable {
  let source: Int
  let inputPart: Int
  let key: Digest
  let facts: IngestFacts
}
