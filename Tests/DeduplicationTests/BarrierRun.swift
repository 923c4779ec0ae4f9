import Bytes
import Declarations
import Deduplication
import Documents

/// Lines of documents as pieces: shows that the frame carries several keys a document.
struct RepeatedLines: Barrier {
  static let name = "test-lines"
  static let summary = "lines, as they are"
  static let reason = "repeated_line"
  let scope = BarrierScope.lines
  let keep = KeepRule.first
  let values = Parameters("keep", KeepRule.first)

  init() {}
  init(parameters: Parameters) {}

  func sign(
    _ batch: borrowing DocumentBatch, firstDocument: UInt32, into signatures: inout [Signature]
  ) {
    for index in 0..<batch.count where batch.verdicts[index] == .keep {
      let lines = batch.text[batch.textRange(index)].split(
        separator: 10, omittingEmptySubsequences: false)
      for (piece, line) in lines.enumerated() {
        let bytes = Array(line)
        signatures.append(
          Signature(
            key: StableHash.xxh128(bytes.span), document: firstDocument + UInt32(index),
            piece: UInt32(piece)))
      }
    }
  }
}

/// Batches of some texts each, all kept.
func batches(of texts: [String], size: Int, _ body: (inout DocumentBatch, UInt32) throws -> Void)
  rethrows
{
  var batch = DocumentBatch()
  for start in stride(from: 0, to: texts.count, by: size) {
    batch.removeAll()
    for (offset, text) in texts[start..<min(start + size, texts.count)].enumerated() {
      let bytes = Array(text.utf8)
      let id: [UInt8] = []
      batch.append(
        text: bytes.span, id: id.span,
        origin: Origin(file: 0, record: UInt64(start + offset), byteOffset: 0))
    }
    try body(&batch, UInt32(start))
  }
}

/// Runs all three stages over parts of texts, highest priority first.
///
/// - Parameters:
///   - barrier: The barrier.
///   - parts: The texts of each part.
///   - limit: The most signatures of a bucket.
///   - batchSize: The texts of a batch.
///   - runCapacity: The most signatures of a run.
///   - folder: Where the files go: `signatures.PART`, `removals.BUCKET`, `marks.PART`.
/// - Returns: The removals of each part, from its marks file `marks.PART`.
/// - Throws: What the stages throw.
func runBarrier(
  _ barrier: any Barrier, parts: [[String]], limit: Int = 1000, batchSize: Int = 3,
  runCapacity: Int = 5,
  in folder: DeduplicationTestFolder
) throws -> [[Removal]] {
  var counts = [UInt64](repeating: 0, count: SignatureSlots.count)
  for (part, texts) in parts.enumerated() {
    var writer = try SignatureFileWriter(
      path: folder.file("signatures.\(part)"), runCapacity: runCapacity)
    var signatures: [Signature] = []
    try batches(of: texts, size: batchSize) { batch, first in
      signatures.removeAll()
      barrier.sign(batch, firstDocument: first, into: &signatures)
      try writer.append(signatures)
    }
    _ = try writer.finish()
    for (slot, count) in writer.counts.enumerated() { counts[slot] += count }
  }
  let buckets = SignatureBucket.all(counts: counts, limit: UInt64(limit))
  for (ordinal, bucket) in buckets.enumerated() {
    var resolver = BucketResolver(limit: limit)
    _ = try resolver.resolve(
      bucket, signatureFiles: parts.indices.map { folder.file("signatures.\($0)") },
      output: folder.file("removals.\(ordinal)"))
  }
  return try parts.indices.map { part in
    let removals = try MarksFileWriter.gather(
      part: part, from: buckets.indices.map { folder.file("removals.\($0)") })
    try MarksFileWriter.write(removals, to: folder.file("marks.\(part)"))
    return removals
  }
}
