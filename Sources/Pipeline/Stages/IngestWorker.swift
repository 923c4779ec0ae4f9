import Bytes
import Documents
import Readers
import Streams

/// What a worker has made of a batch of records.
struct IngestedBatch {
  /// The lines of stored text.
  var lines: [UInt8] = []
  /// The same, compressed as one frame.
  var frame: [UInt8] = []
  /// Documents in the frame.
  var documents: UInt32 = 0
  /// The account of the batch, without what only the whole part knows.
  var read = Tally()
  var kept = Tally()
  var dropped: [String: Tally] = [:]
  var badRecords: [BadRecord] = []
  /// Raw bytes of the records.
  var recordBytes = 0
  /// Where the next batch begins.
  var end = ReadPosition.start
}

/// One worker of ingest: records to documents to a frame of stored text.
struct IngestWorker {
  private let unit: IngestUnit
  private let pathHashes: [UInt64]
  private let parser: any RecordParser
  private let documents = DocumentBatchBox()
  private let compressor = CompressorBox(level: 1)

  init(unit: IngestUnit, pathHashes: [UInt64]) {
    self.unit = unit
    self.pathHashes = pathHashes
    parser = unit.source.format.makeParser()
  }

  mutating func process(_ box: RecordBatchBox) throws(CuveeError) -> IngestedBatch {
    documents.batch.removeAll()
    parser.parse(box.batch, into: &documents.batch)
    var result = IngestedBatch()
    result.end = box.batch.end
    result.recordBytes = box.batch.bytes.count
    result.badRecords = documents.batch.badRecords
    // Room for the texts, a sixteenth more for what is escaped in them, and the rest of the lines.
    let texts = documents.batch.text.count
    result.lines.reserveCapacity(
      texts + texts / 16 + documents.batch.ids.count + documents.batch.count * 96)
    for index in 0..<documents.batch.count {
      let bytes = documents.batch.textRange(index).count
      result.read.add(bytes: bytes)
      let origin = documents.batch.origins[index]
      if let sampling = unit.sampling,
        !sampling.keeps(pathHash: pathHashes[Int(origin.file)], record: origin.record)
      {
        result.dropped[DropReason.notSampled, default: Tally()].add(bytes: bytes)
        continue
      }
      StoredText.appendLine(of: documents.batch, index, to: &result.lines)
      result.kept.add(bytes: bytes)
      result.documents += 1
    }
    if !result.lines.isEmpty {
      var frame: [UInt8] = []
      try compressor.value.appendFrame(of: result.lines.span, to: &frame)
      result.frame = frame
    }
    return result
  }
}

/// A batch of documents that a worker reuses.
final class DocumentBatchBox {
  var batch = DocumentBatch()
}

/// A compressor that a worker reuses.
final class CompressorBox {
  var value: ZstdCompressor
  init(level: Int32) { value = ZstdCompressor(level: level) }
}
