import Bytes
import Deduplication
import Documents

/// What sign says of one text part.
struct SignFacts: Codable, Sendable {
  /// Signatures of the part.
  var signatures: UInt64
}

/// First half of a barrier: the signatures of a text part, routed to buckets.
struct SignUnit: KeyedUnit {
  typealias Facts = SignFacts
  static let stage = Stage.sign
  static let fileName = "signatures.bin"

  let part: MarkedTextPart
  let barrier: any Barrier
  let buckets: Int
  let sourceName: String

  var label: String { "\(sourceName) part \(part.text.inputPart)" }
  var size: UInt64 { part.text.facts.bytes }

  var key: Digest {
    var key = KeyBuilder("sign", version: ToolVersion.formats)
    key.add("barrier", type(of: barrier).name)
    key.add("barrierVersion", type(of: barrier).version)
    key.add("keep", barrier.keep.rawValue)
    key.add("text", part.text.facts.digest)
    key.add("marks", part.marksKey)
    key.add("buckets", buckets)
    return key.key
  }

  func produce(into folder: String, _ environment: UnitEnvironment) throws(CuveeError) -> SignFacts
  {
    let reader = try TextPartReader(part.text, cache: environment.cache)
    let marks = try LoadedMarks(part, cache: environment.cache)
    let entries = part.entries.count
    let sink = SignatureSink(
      try SignatureFileWriter(path: folder + "/" + Self.fileName, buckets: buckets))
    try OrderedExecutor(crew: environment.crew).run(
      next: { () throws(CuveeError) in try reader.next() },
      makeWorker: { SignWorker(marks: MarkApplier(marks), entries: entries) },
      work: { (worker, frame) throws(CuveeError) in
        try worker.sign(frame, with: barrier)
      },
      commit: { (signatures, bytes) throws(CuveeError) in
        try sink.writer.append(signatures)
        environment.progress.advance(bytes)
      })
    return SignFacts(signatures: try sink.writer.finish())
  }
}

/// One worker of sign.
private struct SignWorker {
  private var marks: MarkApplier
  private let entries: Int
  private let decoder = TextFrameDecoder()

  init(marks: MarkApplier, entries: Int) {
    self.marks = marks
    self.entries = entries
  }

  /// The signatures of a frame, and the bytes of its texts.
  mutating func sign(
    _ frame: TextFrame, with barrier: any Barrier
  ) throws(CuveeError) -> ([Signature], Int) {
    try decoder.decode(frame)
    let bytes = decoder.documents.text.count
    // What the barriers before have removed is counted where the text is made.
    var steps: [StepAccount] = .empty(entries)
    marks.apply(
      to: &decoder.documents, firstDocument: frame.firstDocument, steps: &steps, samples: nil)
    var signatures: [Signature] = []
    barrier.sign(decoder.documents, firstDocument: frame.firstDocument, into: &signatures)
    return (signatures, bytes)
  }
}

/// The writing end of sign.
// Invariant: called by one thread at a time (OrderedExecutor commits in turn).
private final class SignatureSink: @unchecked Sendable {
  var writer: SignatureFileWriter
  init(_ writer: consuming SignatureFileWriter) { self.writer = writer }
}
