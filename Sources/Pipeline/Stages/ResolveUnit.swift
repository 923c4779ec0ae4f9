import Bytes
import Deduplication

/// What resolve says of one bucket.
struct ResolveFacts: Codable, Sendable {
  /// Removals of the bucket.
  var removals: Int
}

/// Second half of a barrier: decides about the signatures of one bucket, of all parts.
struct ResolveUnit: KeyedUnit {
  typealias Facts = ResolveFacts
  static let stage = Stage.resolve
  static let fileName = "removals.bin"

  let barrier: any Barrier
  let bucket: Int
  /// The keys of the parts' signatures, first in priority first.
  let signatures: [Digest]
  /// The digest of `signatures`, made once for all buckets.
  let signaturesDigest: Digest
  let size: UInt64

  var label: String { "bucket \(bucket)" }

  var key: Digest {
    var key = KeyBuilder("resolve", version: ToolVersion.formats)
    barrier.add(to: &key)
    key.add("signatures", signaturesDigest)
    key.add("bucket", bucket)
    return key.key
  }

  func produce(
    into folder: String, _ environment: UnitEnvironment
  ) throws(CuveeError) -> ResolveFacts {
    var resolver = BucketResolver()
    let removals = try resolver.resolve(
      bucket: bucket,
      signatureFiles: try environment.cache.paths(SignUnit.fileName, of: .sign, signatures),
      with: barrier, output: folder + "/" + Self.fileName)
    environment.progress.advance(Int(size))
    return ResolveFacts(removals: removals)
  }
}
