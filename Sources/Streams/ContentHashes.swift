import Bytes

/// The count, XXH64 and SHA-256 of bytes that come in pieces.
struct ContentHashes: ~Copyable, Sendable {
  private(set) var bytes: UInt64 = 0
  private var quick = XXH64Hasher()
  private var strong = SHA256Hasher()

  mutating func update(_ piece: Span<UInt8>) {
    bytes += UInt64(piece.count)
    quick.update(piece)
    strong.update(piece)
  }

  /// The digests of all pieces; the value must not be used afterwards.
  mutating func finalize() -> (xxh64: String, sha256: Digest) {
    (Hexadecimal.string(quick.value), strong.finalize())
  }
}
