import Bytes
import Documents
import Readers
import Streams

/// A text part of ingest that is being written, with its account and its samples.
struct OpenTextPart: ~Copyable {
  private let staged: StagedResult
  private var writer: TextPartWriter
  private var samples: SampleKeeper
  private var facts = IngestFacts()
  private let entries: StepEntries
  private var steps: [StepAccount]

  init(_ staged: consuming StagedResult, entries: StepEntries) throws(CuveeError) {
    writer = try TextPartWriter(folder: staged.path)
    self.staged = staged
    self.entries = entries
    samples = SampleKeeper(entries: entries.count)
    steps = .empty(entries.count)
  }

  /// The key under which it will be found.
  var key: Digest { staged.key }

  /// Uncompressed bytes so far.
  var textBytes: UInt64 { writer.facts.bytes }

  /// Appends a batch as one frame.
  mutating func append(
    _ batch: IngestedBatch, reports: [BadRecordReport]
  ) throws(CuveeError) {
    try writer.append(batch.frame)
    samples.add(batch.samples)
    facts.read += batch.read
    steps.add(batch.steps)
    for bad in batch.badRecords { facts.badRecords[bad.reason.rawValue, default: 0] += 1 }
    facts.reports += reports.prefix(IngestFacts.reportsKept - facts.reports.count)
  }

  /// Closes the text part and gives it its name.
  consuming func commit(end: ReadPosition, last: Bool) throws(CuveeError) -> IngestFacts {
    facts.text = try writer.finish()
    facts.steps = entries.stored(steps)
    try samples.write(to: staged.path, entries)
    facts.end = end
    facts.last = last
    let facts = facts
    try staged.commit(facts)
    return facts
  }
}
