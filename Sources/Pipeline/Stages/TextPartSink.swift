import Bytes
import Documents
import Readers
import Streams

/// The writing end of ingest: batches in their order to text parts, each committed as soon as it is
/// full.
// Invariant: called by one thread at a time (OrderedExecutor commits in turn).
final class TextPartSink: @unchecked Sendable {
  private let unit: IngestUnit
  private let partKey: Digest
  private let environment: UnitEnvironment
  private var done: [IngestedPart]
  private var position: ReadPosition
  private var open: OpenTextPart?

  init(
    unit: IngestUnit, environment: UnitEnvironment, done: [IngestedPart], start: ReadPosition
  ) {
    self.unit = unit
    partKey = unit.key
    self.environment = environment
    self.done = done
    position = start
  }

  func commit(_ batch: IngestedBatch) throws(CuveeError) {
    if unit.failOnBadRecord, let bad = batch.badRecords.first {
      throw .badData(
        report(bad).line + "; `on_bad_record: fail` is set: mend the record, or set it to skip")
    }
    var part = try takeOpen()
    try part.append(batch, reports: batch.badRecords.prefix(IngestFacts.reportsKept).map(report))
    position = batch.end
    environment.progress.advance(batch.recordBytes)
    if part.textBytes >= unit.limits.textPartBytes {
      try close(consume part, last: false)
    } else {
      open = consume part
    }
  }

  /// Closes the last text part.
  func finish() throws(CuveeError) -> [IngestedPart] {
    try close(try takeOpen(), last: true)
    return done
  }

  private func takeOpen() throws(CuveeError) -> OpenTextPart {
    if let part = open.take() { return part }
    return try OpenTextPart(
      try environment.cache.begin(
        .ingest, IngestUnit.key(partKey, textPart: done.count),
        label: "\(unit.label), text part \(done.count)"),
      entries: unit.source.steps.entries)
  }

  private func close(_ part: consuming OpenTextPart, last: Bool) throws(CuveeError) {
    try unit.requireUnchanged()
    let key = part.key
    let facts = try part.commit(end: position, last: last)
    done.append(unit.part(key, facts))
  }

  private func report(_ bad: BadRecord) -> BadRecordReport {
    BadRecordReport(
      path: unit.part.files[Int(bad.origin.file)].displayPath, record: bad.origin.record,
      reason: bad.reason, detail: bad.detail)
  }
}
