import Bytes
import Deduplication

/// What resolve says of one bucket.
struct ResolveFacts: Codable, Sendable {
  /// Removals of the bucket.
  var removals: UInt64
}

/// Second half of a barrier: decides about the signatures of one bucket, of all parts.
struct ResolveUnit: KeyedUnit {
  typealias Facts = ResolveFacts
  static let stage = Stage.resolve
  static let fileName = "removals.bin"

  let barrier: any Barrier
  let bucket: SignatureBucket
  /// The keys of the parts' signatures, first in priority first.
  let signatures: [Digest]
  /// The digest of `signatures`, made once for all buckets.
  let signaturesDigest: Digest
  /// The ordinal of the bucket.
  let ordinal: Int

  var label: String { "bucket \(ordinal)" }
  var size: UInt64 { bucket.signatures * UInt64(SignatureFileWriter.entryBytes) }

  var key: Digest {
    var key = KeyBuilder("resolve", version: ToolVersion.formats)
    barrier.add(to: &key)
    key.add("signatures", signaturesDigest)
    key.add("from", bucket.slots.lowerBound)
    key.add("to", bucket.slots.upperBound)
    key.add("slice", bucket.slice)
    key.add("slices", bucket.slices)
    return key.key
  }

  func produce(
    into folder: String, _ environment: UnitEnvironment
  ) throws(CuveeError) -> ResolveFacts {
    var resolver = BucketResolver(limit: environment.limits.bucketSignatures)
    let removals = try resolver.resolve(
      bucket,
      signatureFiles: try environment.cache.paths(SignUnit.fileName, of: .sign, signatures),
      output: folder + "/" + Self.fileName)
    environment.progress.advance(Int(size))
    return ResolveFacts(removals: removals)
  }
}
