import Bytes
import Declarations
import Documents
import Readers
import Streams

/// Reads an input part and writes its text parts, one after another; each is a checkpoint.
struct IngestUnit: StageUnit {
  typealias Facts = [IngestedPart]
  static let stage = Stage.ingest

  let source: PlannedSource
  let part: InputPart
  let sampling: Sampling?
  let failOnBadRecord: Bool
  let limits: Limits

  var label: String { "\(source.name) part \(part.index)" }
  var size: UInt64 { part.bytes }

  /// The digest of the files' contents and of all settings that reading them depends on.
  var key: Digest {
    var key = KeyBuilder("ingest", version: ToolVersion.formats)
    key.add("format", type(of: source.format).name)
    key.add("text", source.settings.text ?? "")
    key.add("id", source.settings.id ?? "")
    key.add("url", source.settings.url ?? "")
    key.add("timestamp", source.settings.timestamp ?? "")
    key.add("rules", source.steps.chain.key)
    for id in source.steps.ingestedIDs { key.add("entry", id) }
    source.parameters.add(to: &key)
    for file in part.files {
      key.add("path", file.displayPath)
      key.add("sha256", file.sha256)
      key.add("from", file.range?.lowerBound ?? 0)
      key.add("to", file.range?.upperBound ?? 0)
      key.add("firstRecord", file.firstRecord)
    }
    key.add("sampling", sampling?.bound ?? 0)
    key.add("samplingSeed", sampling?.seed ?? 0)
    key.add("failOnBadRecord", failOnBadRecord)
    key.add("batchBytes", limits.batchBytes)
    key.add("maximumRecordBytes", limits.maximumRecordBytes)
    key.add("textPartBytes", limits.textPartBytes)
    return key.key
  }

  /// The key of one of the part's text parts.
  static func key(_ part: Digest, textPart: Int) -> Digest {
    var key = KeyBuilder("text part", version: ToolVersion.formats)
    key.add("part", part)
    key.add("ordinal", textPart)
    return key.key
  }

  func cached(in cache: StageCache) throws(CuveeError) -> [IngestedPart]? {
    let done = try checkpoints(in: cache)
    return done.last?.facts.last == true ? done : nil
  }

  /// The text parts that are there already, in their order.
  private func checkpoints(in cache: StageCache) throws(CuveeError) -> [IngestedPart] {
    var done: [IngestedPart] = []
    let partKey = key
    while done.last?.facts.last != true {
      let key = Self.key(partKey, textPart: done.count)
      guard let facts = try cache.facts(.ingest, key, as: IngestFacts.self) else { break }
      done.append(self.part(key, facts))
    }
    return done
  }

  /// One of the part's text parts.
  func part(_ key: Digest, _ facts: IngestFacts) -> IngestedPart {
    IngestedPart(
      text: TextPart(
        source: part.source, inputPart: part.index, stage: .ingest, key: key, facts: facts.text),
      facts: facts)
  }

  func run(_ environment: UnitEnvironment) throws(CuveeError) -> [IngestedPart] {
    let done = try checkpoints(in: environment.cache)
    if done.last?.facts.last == true { return done }
    let start = done.last?.facts.end ?? .start
    let files = part.files.enumerated().map { index, file in
      SourceFile(
        path: file.path, displayPath: file.displayPath, ordinal: UInt32(index), range: file.range,
        firstRecord: file.firstRecord)
    }
    let reader = RecordBatchSource(
      RecordBatchReader(
        files: files, framing: source.format.framing, start: start,
        batchBytes: limits.batchBytes, maximumRecordBytes: limits.maximumRecordBytes))
    let sink = TextPartSink(unit: self, environment: environment, done: done, start: start)
    let names = part.files.map { StableHash.xxh3($0.displayPath) }
    try OrderedExecutor(crew: environment.crew).run(
      next: { () throws(CuveeError) in try reader.next() },
      makeWorker: { IngestWorker(unit: self, pathHashes: names) },
      work: { (worker, batch) throws(CuveeError) in
        defer { reader.recycle(batch) }
        return try worker.process(batch)
      },
      commit: { batch throws(CuveeError) in try sink.commit(batch) })
    return try sink.finish()
  }

  /// What was read is what was digested: files that are written to during a run are refused.
  func requireUnchanged() throws(CuveeError) {
    for file in part.files {
      let status = try FileSystem.status(file.path)
      guard status?.size == file.status.size,
        status?.modifiedNanoseconds == file.status.modifiedNanoseconds
      else { throw .badData("\(file.displayPath): has changed while it was read; run again") }
    }
  }
}

/// The documents that `--sample` keeps: those whose hash is below a bound.
struct Sampling: Sendable {
  /// Documents whose hash is below it are kept.
  let bound: UInt64
  /// The seed of the hash.
  let seed: UInt64

  /// Whether a document is kept, by the hash of its file's path and its record's ordinal.
  func keeps(pathHash: UInt64, record: UInt64) -> Bool {
    StableHash.mix(seed: seed, pathHash, record) < bound
  }
}

/// The reading end of ingest: batches of records, recycled.
// Invariant: `next` is called by one thread at a time (OrderedExecutor); `free` is under `lock`.
final class RecordBatchSource: @unchecked Sendable {
  private var reader: RecordBatchReader
  private let free = Recycler<RecordBatchBox>()

  init(_ reader: consuming RecordBatchReader) { self.reader = reader }

  func next() throws(CuveeError) -> RecordBatchBox? {
    let box = free.take() ?? RecordBatchBox()
    return try reader.next(into: &box.batch) ? box : nil
  }

  func recycle(_ box: RecordBatchBox) { free.put(box) }
}

/// A batch of records on its way between threads.
// Invariant: one thread has it at a time.
final class RecordBatchBox: @unchecked Sendable {
  var batch = RecordBatch()
}
