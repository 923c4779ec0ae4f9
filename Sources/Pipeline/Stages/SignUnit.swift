import Bytes
import Declarations
import Deduplication
import Documents

/// What sign says of one text part.
struct SignFacts: Codable, Sendable {
  /// Signatures of the part in each slot.
  var signatures: SlotCounts
  /// The forms of the documents' times, where the barrier looks at them.
  var times: TimeForms?
}

/// First half of a barrier: the signatures of a text part, routed to slots.
///
/// Memory: one run of the file (16 MiB), and 32 bytes for each signature of the frames under way. A
/// frame has about 1 MiB of text, or one document that is larger.
struct SignUnit: KeyedUnit {
  typealias Facts = SignFacts
  static let stage = Stage.sign
  static let fileName = "signatures.bin"

  let part: MarkedTextPart
  let barrier: any Barrier
  let sourceName: String
  /// The number of entries of the source's account.
  let entries: Int

  var label: String { "\(sourceName) part \(part.text.inputPart)" }
  var size: UInt64 { part.text.facts.bytes }

  var key: Digest {
    var key = KeyBuilder("sign", version: ToolVersion.formats)
    barrier.add(to: &key)
    key.add("text", part.text.facts.digest)
    key.add("marks", part.marksKey)
    if barrier.keep.needsTimestamps { key.add("times", 1) }
    return key.key
  }

  func produce(into folder: String, _ environment: UnitEnvironment) throws(CuveeError) -> SignFacts
  {
    let reader = try TextPartReader(part.text, cache: environment.cache)
    let marks = try LoadedMarks(part, cache: environment.cache)
    let sink = SignatureSink(try SignatureFileWriter(path: folder + "/" + Self.fileName))
    try OrderedExecutor(crew: environment.crew).run(
      next: { () throws(CuveeError) in try reader.next() },
      makeWorker: { SignWorker(marks: MarkApplier(marks), entries: entries) },
      work: { (worker, frame) throws(CuveeError) in
        try worker.sign(frame, with: barrier)
      },
      commit: { signed throws(CuveeError) in
        try sink.writer.append(signed.signatures)
        sink.times.add(signed.times)
        environment.progress.advance(signed.bytes)
      })
    _ = try sink.writer.finish()
    return SignFacts(
      signatures: SlotCounts(counts: sink.writer.counts),
      times: barrier.keep.needsTimestamps ? sink.times : nil)
  }
}

/// The signatures of a frame.
private struct SignedFrame {
  var signatures: [Signature] = []
  var times = TimeForms()
  /// The bytes of its texts.
  var bytes = 0
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

  /// Signs the documents of a frame that are left.
  mutating func sign(
    _ frame: TextFrame, with barrier: any Barrier
  ) throws(CuveeError) -> SignedFrame {
    try decoder.decode(frame)
    var signed = SignedFrame()
    signed.bytes = decoder.documents.text.count
    // What the barriers before have removed is counted where the text is made.
    var steps: [StepAccount] = .empty(entries)
    marks.apply(
      to: &decoder.documents, firstDocument: frame.firstDocument, steps: &steps, samples: nil)
    barrier.sign(decoder.documents, firstDocument: frame.firstDocument, into: &signed.signatures)
    if barrier.keep.needsTimestamps { addTimes(to: &signed.times) }
    return signed
  }

  private func addTimes(to times: inout TimeForms) {
    let bytes = decoder.documents.timestamps.bytes
    for index in 0..<decoder.documents.count where decoder.documents.verdicts[index] == .keep {
      let origin = decoder.documents.origins[index]
      times.add(
        bytes.span.extracting(decoder.documents.timestamps.range(index)), file: origin.file,
        record: origin.record)
    }
  }
}

/// The writing end of sign.
// Invariant: called by one thread at a time (OrderedExecutor commits in turn).
private final class SignatureSink: @unchecked Sendable {
  var writer: SignatureFileWriter
  var times = TimeForms()
  init(_ writer: consuming SignatureFileWriter) { self.writer = writer }
}
