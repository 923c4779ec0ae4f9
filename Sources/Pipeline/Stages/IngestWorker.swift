import Bytes
import Documents
import Readers
import Streams

/// What a worker has made of a batch of records.
struct IngestedBatch {
  /// The documents that go on.
  var frame = StoredFrame()
  /// Documents that were read.
  var read = Tally()
  /// What the steps have done.
  var steps: [StepAccount] = []
  var samples: [AuditSample] = []
  var badRecords: [BadRecord] = []
  /// Raw bytes of the records.
  var recordBytes = 0
  /// Where the next batch begins.
  var end = ReadPosition.start
}

/// One worker of ingest: records to documents, through the first rules, to a frame of stored text.
struct IngestWorker {
  private let unit: IngestUnit
  private let pathHashes: [UInt64]
  private let parser: any RecordParser
  private let documents = DocumentBatchBox()
  private let frames: StoredFrameMaker
  private let rules: ChainWorker

  init(unit: IngestUnit, pathHashes: [UInt64]) {
    self.unit = unit
    self.pathHashes = pathHashes
    parser = unit.source.format.makeParser()
    frames = StoredFrameMaker(level: unit.limits.textCompression)
    let chain = unit.source.steps.chain
    rules = ChainWorker(
      chain.chain, firstEntry: chain.firstEntry, entries: unit.source.steps.entries.count)
  }

  mutating func process(_ box: RecordBatchBox) throws(CuveeError) -> IngestedBatch {
    documents.batch.removeAll()
    parser.parse(&box.batch, into: &documents.batch)
    var result = IngestedBatch()
    result.end = box.batch.end
    result.recordBytes = box.batch.bytes.count
    result.badRecords = documents.batch.badRecords
    var sampled = StepAccount()
    for index in 0..<documents.batch.count {
      let bytes = documents.batch.textRange(index).count
      result.read.add(bytes: bytes)
      let origin = documents.batch.origins[index]
      if let sampling = unit.sampling,
        !sampling.keeps(pathHash: pathHashes[Int(origin.file)], record: origin.record)
      {
        documents.batch.verdicts[index] = .drop(reason: 0)
        sampled.documents.add(bytes: bytes)
      }
    }
    (result.steps, result.samples) = rules.apply(to: &documents.batch)
    result.steps[0] += sampled
    result.frame = try frames.frame(of: documents.batch)
    return result
  }
}

/// A batch of documents that a worker reuses.
final class DocumentBatchBox {
  var batch = DocumentBatch()
}
