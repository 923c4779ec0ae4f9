import Bytes
import Documents
import Readers
import Streams

/// A text part that is being written: `text.jsonl.zst`, frame by frame, and its account.
struct OpenTextPart: ~Copyable {
  /// The name of the file in its folder of the cache.
  static let fileName = "text.jsonl.zst"

  private let staged: StagedResult
  private var writer: SeekableZstdWriter
  private var facts: IngestFacts

  init(_ staged: consuming StagedResult) throws(CuveeError) {
    writer = try SeekableZstdWriter(
      path: staged.path + "/" + Self.fileName, level: 1, digests: .content)
    self.staged = staged
    facts = IngestFacts(
      textDigest: Digest.sha256(""), textBytes: 0, frameDocuments: [], end: .start, last: false)
  }

  /// The key under which it will be found.
  var key: Digest { staged.key }

  /// Uncompressed bytes so far.
  var textBytes: UInt64 { facts.textBytes }

  /// Appends a batch as one frame.
  mutating func append(
    _ batch: IngestedBatch, reports: [BadRecordReport]
  ) throws(CuveeError) {
    if batch.documents > 0 {
      try writer.append(compressedFrame: batch.frame.span, raw: batch.lines.span)
      facts.frameDocuments.append(batch.documents)
      facts.textBytes += UInt64(batch.lines.count)
    }
    facts.read += batch.read
    facts.kept += batch.kept
    for (reason, tally) in batch.dropped { facts.dropped[reason, default: Tally()] += tally }
    for bad in batch.badRecords { facts.badRecords[bad.reason.rawValue, default: 0] += 1 }
    facts.reports += reports.prefix(IngestFacts.reportsKept - facts.reports.count)
  }

  /// Closes the text part and gives it its name.
  consuming func commit(end: ReadPosition, last: Bool) throws(CuveeError) -> IngestFacts {
    facts.textDigest = try writer.finishContent()
    facts.end = end
    facts.last = last
    let facts = facts
    try staged.commit(facts)
    return facts
  }
}
