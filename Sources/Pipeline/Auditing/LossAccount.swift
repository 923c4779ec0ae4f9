import Bytes
import Foundation
import Shards

/// Where the records of a source have gone, for a build that ends for want of its tokens.
struct LossAccount {
  /// Samples shown of each step.
  private static let samplesShown = 2
  /// Bad records shown.
  private static let badRecordsShown = 3
  /// Characters shown of a sample.
  private static let excerpt = 100

  private let source: PlannedSource
  private let badRecords: BadRecordSummary
  private let read: Tally
  private let steps: [StepAccount]
  private let samples: [AuditReport.Sample]
  /// The file of the samples in the cache; nil where nothing was lost.
  private let samplesPath: String?

  /// The account of a source.
  ///
  /// - Parameters:
  ///   - source: The source.
  ///   - parts: What ingest has said of its text parts.
  ///   - steps: What its steps have done.
  ///   - samplesFolder: The folder of its audit; nil where nothing was lost.
  ///   - counts: How many samples the audit has of each step, by id.
  /// - Throws: What is wrong with the audit's file.
  init(
    _ source: PlannedSource, _ parts: [IngestFacts], _ steps: [StepAccount], samplesFolder: String?,
    counts: [String: Int]
  ) throws(CuveeError) {
    self.source = source
    self.steps = steps
    badRecords = BadRecordSummary(source.name, parts)
    read = parts.reduce(into: Tally()) { $0 += $1.read }
    samplesPath = samplesFolder.map { "\($0)/\(AuditUnit.fileName)" }
    samples =
      try samplesPath.map { path throws(CuveeError) in
        try SampleFile.read(
          path: path, displayPath: path,
          groups: source.steps.entries.all.map {
            SampleFile.Group(
              id: $0.id, step: $0.step, reason: $0.reason, samples: counts[$0.id] ?? 0)
          })
      } ?? []
  }

  /// The account, a line each; none where nothing was lost.
  var lines: [String] {
    guard badRecords.count > 0 || steps.contains(where: { $0 != StepAccount() }) else { return [] }
    var lines: [String] = []
    if badRecords.count > 0 {
      lines.append("bad records: \(badRecords.figures)")
      lines += badRecords.examples.prefix(Self.badRecordsShown).map { "  " + $0 }
    }
    lines.append("documents read: \(read.documents), \(read.bytes) bytes of text")
    for (entry, step) in zip(source.steps.entries.all, steps) where step != StepAccount() {
      var losses: [String] = []
      if step.documents.documents > 0 {
        losses.append("\(share(step.documents, "documents")) dropped")
      }
      if step.lines.documents > 0 {
        losses.append("\(step.lines.documents) lines (\(step.lines.bytes) bytes) cut")
      }
      guard !losses.isEmpty else { continue }
      lines.append("\(entry.step) [\(entry.reason)]: \(losses.joined(separator: ", "))")
      lines += samples.filter { $0.stepID == entry.id }
        .prefix(Self.samplesShown).map { "  \($0.file), record \($0.record): \(text(of: $0))" }
    }
    if let samplesPath { lines.append("more samples: zstd -dc \(samplesPath)") }
    return lines.map { "  \(source.name): \($0)" }
  }

  private func share(_ tally: Tally, _ noun: String) -> String {
    let share = Double(tally.documents) / Double(max(1, read.documents))
    return "\(tally.documents) \(noun) (\(Figures.percent(share)))"
  }

  /// The beginning of a sample's text, quoted, on one line.
  private func text(of sample: AuditReport.Sample) -> String {
    let text = sample.text ?? sample.detail ?? ""
    let start = String(text.prefix(Self.excerpt))
    var bytes: [UInt8] = []
    JSONText.appendString(start, to: &bytes)
    return String(decoding: bytes, as: UTF8.self) + (start.count < text.count ? "..." : "")
  }
}
