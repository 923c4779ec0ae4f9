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
          marks: MarkApplier(marks), entries: entries.count, scratchFolder: folder)
      },
      work: { (worker, frame) throws(CuveeError) in try worker.process(frame) },
      commit: { batch throws(CuveeError) in
        try sink.commit(batch)
        environment.progress.advance(batch.storedBytes)
      })
    return try sink.finish(folder)
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
      documents: batch.documents, ids: batch.ids.span, edits: batch.edits.span)
    for stretch in batch.tokens {
      try stretch.forEachPiece { (bytes) throws(CuveeError) in try writer.append(tokens: bytes) }
    }
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
