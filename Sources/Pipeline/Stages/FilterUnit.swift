import Bytes
import Documents
import Streams

/// What filter says of one text part.
struct FilterFacts: Codable, Sendable {
  /// The text part that it has made.
  var text = TextFacts()
  /// What the barriers before it and its rules have done, by the ids of their entries.
  var steps: [String: StepAccount]
}

/// Applies what barriers have removed of a text part, and the rules after them.
struct FilterUnit: KeyedUnit {
  typealias Facts = FilterFacts
  static let stage = Stage.filter

  let part: MarkedTextPart
  let chain: SourceSteps.Chain
  let sourceName: String
  /// The entries of the source's account.
  let entries: StepEntries

  var label: String { "\(sourceName) part \(part.text.inputPart)" }
  var size: UInt64 { part.text.facts.bytes }

  var key: Digest {
    var key = KeyBuilder("filter", version: ToolVersion.formats)
    key.add("text", part.text.facts.digest)
    key.add("marks", part.marksKey)
    key.add("rules", chain.key)
    for id in part.ids(entries) + entries.ids(chain.entries) { key.add("entry", id) }
    return key.key
  }

  func produce(
    into folder: String, _ environment: UnitEnvironment
  ) throws(CuveeError) -> FilterFacts {
    let reader = try TextPartReader(part.text, cache: environment.cache)
    let marks = try LoadedMarks(part, cache: environment.cache)
    let sink = FilterUnitSink(try TextPartWriter(folder: folder), entries: entries)
    try OrderedExecutor(crew: environment.crew).run(
      next: { () throws(CuveeError) in try reader.next() },
      makeWorker: {
        FilterUnitWorker(
          marks: MarkApplier(marks),
          rules: ChainWorker(
            chain.chain, firstEntry: chain.firstEntry, entries: entries.count),
          level: environment.limits.textCompression)
      },
      work: { (worker, frame) throws(CuveeError) in try worker.process(frame) },
      commit: { batch throws(CuveeError) in
        try sink.commit(batch)
        environment.progress.advance(batch.bytes)
      })
    return try sink.finish(folder)
  }
}

/// What a worker has made of a frame of text.
private struct RefilteredBatch {
  var frame = StoredFrame()
  var steps: [StepAccount] = []
  var samples: [AuditSample] = []
  /// Bytes of the frame that was read.
  var bytes = 0
}

private struct FilterUnitWorker {
  private var marks: MarkApplier
  private let rules: ChainWorker
  private let decoder = TextFrameDecoder()
  private let frames: StoredFrameMaker

  init(marks: MarkApplier, rules: ChainWorker, level: Int32?) {
    frames = StoredFrameMaker(level: level)
    self.marks = marks
    self.rules = rules
  }

  mutating func process(_ frame: TextFrame) throws(CuveeError) -> RefilteredBatch {
    try decoder.decode(frame)
    var result = RefilteredBatch()
    result.bytes = decoder.documents.text.count
    var removed: [StepAccount] = .empty(rules.entries)
    marks.apply(
      to: &decoder.documents, firstDocument: frame.firstDocument, steps: &removed,
      samples: rules.samples)
    (result.steps, result.samples) = rules.apply(to: &decoder.documents)
    result.steps.add(removed)
    result.frame = try frames.frame(of: decoder.documents)
    return result
  }
}

/// The writing end of filter.
// Invariant: called by one thread at a time (OrderedExecutor commits in turn).
private final class FilterUnitSink: @unchecked Sendable {
  private let entries: StepEntries
  private var writer: TextPartWriter
  private var samples: SampleKeeper
  private var steps: [StepAccount]

  init(_ writer: consuming TextPartWriter, entries: StepEntries) {
    self.writer = writer
    self.entries = entries
    samples = SampleKeeper(entries: entries.count)
    steps = .empty(entries.count)
  }

  func commit(_ batch: RefilteredBatch) throws(CuveeError) {
    try writer.append(batch.frame)
    samples.add(batch.samples)
    steps.add(batch.steps)
  }

  func finish(_ folder: String) throws(CuveeError) -> FilterFacts {
    try samples.write(to: folder, entries)
    return FilterFacts(text: try writer.finish(), steps: entries.stored(steps))
  }
}
