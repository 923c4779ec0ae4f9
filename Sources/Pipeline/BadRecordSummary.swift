import Foundation
import Shards

/// The bad records of a source, for people.
public struct BadRecordSummary: Sendable, Codable {
  /// Bad records shown of a source; all are counted.
  static let examplesKept = IngestFacts.reportsKept

  /// The source's name.
  public let source: String
  /// The records read, those that gave a document and those that did not.
  public internal(set) var records: UInt64 = 0
  /// The bad records by reason.
  public internal(set) var reasons: [String: UInt64] = [:]
  /// The first of them: file, record ordinal, reason and detail.
  public internal(set) var examples: [String] = []

  init(source: String) { self.source = source }

  // Sums wrap around: the numbers of a damaged manifest may have one beyond 64 bits.

  /// The number of bad records.
  public var count: UInt64 { reasons.values.reduce(0, &+) }

  /// `1 wrong_field_count, 3 missing_field`, sorted by name.
  var reasonsText: String {
    reasons.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }

  /// `1 of 388 (0.26 %): 1 wrong_field_count`.
  var figures: String { "\(count) of \(records) (\(share)): \(reasonsText)" }

  /// The share of bad records: `0.26 %`.
  var share: String {
    Figures.percent(Double(count) / Double(max(1, records)))
  }

  /// `bad records of cot: 1 of 388 (0.26 %): 1 wrong_field_count`, and below it the first of them.
  public var lines: [String] {
    ["bad records of \(source): \(figures)"] + examples.map { "  " + $0 }
  }

  /// Counts documents, which came of as many records.
  mutating func add(documents: UInt64) { records &+= documents }

  /// Counts bad records of some reasons and keeps the first lines about them.
  mutating func add(_ bad: [String: UInt64], examples lines: some Sequence<String>) {
    records &+= bad.values.reduce(0, &+)
    reasons.merge(bad, uniquingKeysWith: &+)
    examples += lines.prefix(Self.examplesKept - examples.count)
  }
}

extension BadRecordSummary {
  /// The account of a source of an output, without examples.
  public init(_ source: ManifestSource) {
    self.init(source: source.name)
    add(documents: source.documents.read)
    add(source.badRecords, examples: [])
  }

  /// The account of the text parts of a source.
  init(_ source: String, _ parts: [IngestFacts]) {
    self.init(source: source)
    for part in parts {
      add(documents: part.read.documents)
      add(part.badRecords, examples: part.reports.lazy.map(\.line))
    }
  }
}
