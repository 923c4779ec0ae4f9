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
  var size: UInt64 { part.text.facts.textBytes }

  var key: Digest {
    var key = KeyBuilder("sign", version: ToolVersion.formats)
    key.add("barrier", type(of: barrier).name)
    key.add("barrierVersion", type(of: barrier).version)
    key.add("text", part.text.facts.textDigest)
    key.add("removals", part.removalDigests)
    key.add("buckets", buckets)
    return key.key
  }

  func produce(into folder: String, _ environment: UnitEnvironment) throws(CuveeError) -> SignFacts
  {
    let reader = try TextPartReader(part.text, cache: environment.cache)
    let removed = try RemovedDocuments(part, cache: environment.cache)
    let sink = SignatureSink(
      try SignatureFileWriter(path: folder + "/" + Self.fileName, buckets: buckets))
    try OrderedExecutor(crew: environment.crew).run(
      next: { () throws(CuveeError) in try reader.next() },
      makeWorker: { TextFrameDecoder() },
      work: { (decoder, frame) throws(CuveeError) in
        try decoder.decode(frame)
        for index in 0..<decoder.documents.count
        where removed.barrier(removing: frame.firstDocument + UInt32(index)) != nil {
          decoder.documents.verdicts[index] = .drop(reason: 0)
        }
        var signatures: [Signature] = []
        barrier.sign(decoder.documents, firstDocument: frame.firstDocument, into: &signatures)
        return (signatures, decoder.documents.text.count)
      },
      commit: { (signatures, bytes) throws(CuveeError) in
        try sink.writer.append(signatures)
        environment.progress.advance(bytes)
      })
    return SignFacts(signatures: try sink.writer.finish())
  }
}

/// The writing end of sign.
// Invariant: called by one thread at a time (OrderedExecutor commits in turn).
private final class SignatureSink: @unchecked Sendable {
  var writer: SignatureFileWriter
  init(_ writer: consuming SignatureFileWriter) { self.writer = writer }
}
