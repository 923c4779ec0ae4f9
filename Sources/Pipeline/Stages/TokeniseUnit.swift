import Bytes
import Declarations
import Documents
import Shards
import Streams
import Tokenizers

/// What tokenise says of one token part.
struct TokeniseFacts: Codable, Sendable {
  /// Documents of the token part.
  var documents: UInt64 { kept.documents }
  /// Their tokens, end-of-document tokens included.
  var tokens: UInt64
  /// The documents and the bytes of their text.
  var kept = Tally()
  /// Special tokens that the documents spell out.
  var specialTokens: UInt64 = 0
  /// What the barriers have done whose marks were applied, by the ids of their entries.
  var steps: [String: StepAccount]
}

/// A finished token part.
struct StoredTokenPart: Sendable {
  let source: Int
  let inputPart: Int
  let key: Digest
  let facts: TokeniseFacts
}

/// Tokenises the documents of a text part that the barriers have left.
struct TokeniseUnit: KeyedUnit {
  typealias Facts = TokeniseFacts
  static let stage = Stage.tokenise

  let part: MarkedTextPart
  let tokenizer: LoadedTokenizer
  let specialTokens: SpecialTokenHandling
  let width: Int
  let sourceName: String
  /// The entries of the source's account.
  let entries: StepEntries

  var label: String { "\(sourceName) part \(part.text.inputPart)" }
  var size: UInt64 { part.text.facts.bytes }

  var key: Digest {
    var key = KeyBuilder("tokenise", version: ToolVersion.formats)
    key.add("text", part.text.facts.digest)
    key.add("marks", part.marksKey)
    key.add("tokenizer", tokenizer.sha256)
    key.add("pattern", tokenizer.pattern.rawValue)
    for regex in tokenizer.regexes { key.add("regex", regex) }
    key.add("specialTokens", specialTokens.rawValue)
    key.add("endOfDocument", tokenizer.endOfDocument.map { Int($0) } ?? -1)
    if let id = tokenizer.beginningOfDocument { key.add("beginningOfDocument", id) }
    key.add("width", width)
    for id in part.ids(entries) { key.add("entry", id) }
    return key.key
  }

  func produce(
    into folder: String, _ environment: UnitEnvironment
  ) throws(CuveeError) -> TokeniseFacts {
    let reader = try TextPartReader(part.text, cache: environment.cache)
    let marks = try LoadedMarks(part, cache: environment.cache)
    let sink = TokenPartSink(
      try TokenPartWriter(folder: folder, width: width), entries: entries)
    try OrderedExecutor(crew: environment.crew).run(
      next: { () throws(CuveeError) in try reader.next() },
      makeWorker: {
        TokeniseWorker(
          tokenizer: tokenizer, specialTokens: specialTokens, width: width,
          marks: MarkApplier(marks), entries: entries.count)
      },
      work: { (worker, frame) throws(CuveeError) in try worker.process(frame) },
      commit: { batch throws(CuveeError) in
        try sink.commit(batch)
        environment.progress.advance(batch.storedBytes)
      })
    return try sink.finish(folder)
  }
}

/// The tokens of one frame of text.
struct TokenisedBatch {
  var tokens: [UInt8] = []
  var documents: [TokenisedDocument] = []
  var ids: [UInt8] = []
  var edits: [UInt8] = []
  var kept = Tally()
  var specialTokens = 0
  var steps: [StepAccount] = []
  var samples: [AuditSample] = []
  var storedBytes = 0
}

/// One worker of tokenise.
struct TokeniseWorker {
  private let width: Int
  private let beginningOfDocument: UInt32?
  private let endOfDocument: UInt32?
  private var marks: MarkApplier
  private let samples: SampleCollector
  private let entries: Int
  private let encoder: any TokenEncoder
  private let special: SpecialTokenCounter
  private let decoder = TextFrameDecoder()
  private var text: [UInt8] = []
  private var textEnds: [Int] = []
  private var ids: [UInt32] = []
  private var idEnds: [Int] = []

  init(
    tokenizer: LoadedTokenizer, specialTokens: SpecialTokenHandling, width: Int, marks: MarkApplier,
    entries: Int
  ) {
    self.width = width
    beginningOfDocument = tokenizer.beginningOfDocument
    endOfDocument = tokenizer.endOfDocument
    self.marks = marks
    self.entries = entries
    samples = SampleCollector(entries: entries, firstRule: 0)
    encoder = tokenizer.tokenizer.makeEncoder(specialTokens: specialTokens)
    special = SpecialTokenCounter(tokenizer.tokenizer)
  }

  mutating func process(_ frame: TextFrame) throws(CuveeError) -> TokenisedBatch {
    try decoder.decode(frame)
    var batch = TokenisedBatch()
    batch.storedBytes = decoder.documents.text.count
    batch.steps = .empty(entries)
    marks.apply(
      to: &decoder.documents, firstDocument: frame.firstDocument, steps: &batch.steps,
      samples: samples)
    batch.samples = samples.take()
    collect(frame, into: &batch)
    batch.specialTokens = special.count(in: text.span, ends: textEnds)
    var ids = [UInt32]()
    var idEnds = [Int]()
    swap(&ids, &self.ids)
    swap(&idEnds, &self.idEnds)
    ids.removeAll(keepingCapacity: true)
    idEnds.removeAll(keepingCapacity: true)
    encoder.encodeBatch(text: text.span, ends: textEnds, into: &ids, idEnds: &idEnds)
    let beginning = beginningOfDocument.map { [$0] } ?? []
    let end = endOfDocument.map { [$0] } ?? []
    batch.tokens.reserveCapacity((ids.count + 2 * idEnds.count) * width)
    var start = 0
    for index in batch.documents.indices {
      batch.documents[index].tokenStart = UInt64(batch.tokens.count / width)
      batch.tokens.appendLittleEndian(beginning.span, width: width)
      batch.tokens.appendLittleEndian(ids.span.extracting(start..<idEnds[index]), width: width)
      start = idEnds[index]
      batch.tokens.appendLittleEndian(end.span, width: width)
      batch.documents[index].tokens = UInt32(
        UInt64(batch.tokens.count / width) - batch.documents[index].tokenStart)
    }
    swap(&ids, &self.ids)
    swap(&idEnds, &self.idEnds)
    return batch
  }

  /// Gathers the documents that are left, with their records.
  private mutating func collect(_ frame: TextFrame, into batch: inout TokenisedBatch) {
    text.removeAll(keepingCapacity: true)
    textEnds.removeAll(keepingCapacity: true)
    let frameText = decoder.documents.text
    let frameIDs = decoder.documents.ids
    for index in 0..<decoder.documents.count where decoder.documents.verdicts[index] == .keep {
      let ordinal = frame.firstDocument + UInt32(index)
      let range = decoder.documents.textRange(index)
      batch.kept.add(bytes: range.count)
      let idRange = decoder.documents.idRange(index)
      let origin = decoder.documents.origins[index]
      var document = TokenisedDocument()
      document.file = origin.file
      document.record = origin.record
      document.byteOffset = origin.byteOffset
      document.textHash = StableHash.xxh128(frameText.span.extracting(range))
      document.idStart = UInt64(batch.ids.count)
      document.idBytes = UInt32(idRange.count)
      document.ordinal = ordinal
      document.editStart = UInt64(batch.edits.count)
      EditCode.append(of: index, decoder.documents.edits, to: &batch.edits)
      document.editBytes = UInt32(UInt64(batch.edits.count) - document.editStart)
      batch.documents.append(document)
      batch.ids.append(frameIDs.span.extracting(idRange))
      text.append(frameText.span.extracting(range))
      textEnds.append(text.count)
    }
  }
}

/// The writing end of tokenise.
// Invariant: called by one thread at a time (OrderedExecutor commits in turn).
private final class TokenPartSink: @unchecked Sendable {
  private var writer: TokenPartWriter
  private var kept = Tally()
  private var specialTokens: UInt64 = 0
  private let entries: StepEntries
  private var steps: [StepAccount]
  private var samples: SampleKeeper

  init(_ writer: consuming TokenPartWriter, entries: StepEntries) {
    self.writer = writer
    self.entries = entries
    steps = .empty(entries.count)
    samples = SampleKeeper(entries: entries.count)
  }

  func commit(_ batch: TokenisedBatch) throws(CuveeError) {
    try writer.append(
      tokens: batch.tokens.span, documents: batch.documents, ids: batch.ids.span,
      edits: batch.edits.span)
    kept += batch.kept
    specialTokens += UInt64(batch.specialTokens)
    steps.add(batch.steps)
    samples.add(batch.samples)
  }

  func finish(_ folder: String) throws(CuveeError) -> TokeniseFacts {
    try writer.finish()
    try samples.write(to: folder, entries)
    return TokeniseFacts(
      tokens: writer.tokens, kept: kept, specialTokens: specialTokens,
      steps: entries.stored(steps))
  }
}
