import CXXHash

/// A 128-bit hash of content, equal on every machine and in every run.
public struct Hash128: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The high 64 bits; they decide the order first.
  public var high: UInt64
  /// The low 64 bits.
  public var low: UInt64

  /// Creates a hash from its halves.
  @inlinable
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The order of the 128-bit numbers.
  @inlinable
  public static func < (a: Hash128, b: Hash128) -> Bool {
    a.high != b.high ? a.high < b.high : a.low < b.low
  }
}

/// Hashes that never differ between machines, runs or versions (xxHash). `Hasher` is not one.
public enum StableHash {
  /// XXH64 of bytes, as MosaicML Streaming's and zstd's checksums have it.
  public static func xxh64(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
    unsafe bytes.withUnsafeBytes { unsafe XXH64($0.baseAddress, $0.count, seed) }
  }

  /// XXH3 of bytes in 64 bits.
  public static func xxh3(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
    unsafe bytes.withUnsafeBytes { unsafe XXH3_64bits_withSeed($0.baseAddress, $0.count, seed) }
  }

  /// XXH3 of bytes in 128 bits.
  public static func xxh128(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> Hash128 {
    let hash = unsafe bytes.withUnsafeBytes {
      unsafe XXH3_128bits_withSeed($0.baseAddress, $0.count, seed)
    }
    return Hash128(high: hash.high64, low: hash.low64)
  }

  /// XXH3 of a string's UTF-8 in 64 bits.
  public static func xxh3(_ string: String, seed: UInt64 = 0) -> UInt64 {
    let bytes = Array(string.utf8)
    return xxh3(bytes.span, seed: seed)
  }

  /// Mixes a seed with two numbers into 64 well-distributed bits (XXH3 of their 16 bytes).
  @inline(__always)
  public static func mix(seed: UInt64, _ a: UInt64, _ b: UInt64) -> UInt64 {
    var words = (a.littleEndian, b.littleEndian)
    return unsafe withUnsafeBytes(of: &words) {
      unsafe XXH3_64bits_withSeed($0.baseAddress, $0.count, seed)
    }
  }
}

/// XXH64 of bytes that come in pieces.
@safe
public struct XXH64Hasher: ~Copyable, @unchecked Sendable {
  // Invariant: made by XXH64_createState in init, freed once in deinit, never shared.
  private let state: OpaquePointer?

  /// Creates a hasher that has seen no bytes, with seed 0.
  public init() {
    unsafe state = XXH64_createState()
    unsafe XXH64_reset(state, 0)
  }

  deinit { unsafe _ = XXH64_freeState(state) }

  /// Adds bytes.
  public mutating func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes { raw in
      if raw.count > 0 { unsafe _ = XXH64_update(state, raw.baseAddress, raw.count) }
    }
  }

  /// The hash of all bytes added so far.
  public var value: UInt64 { unsafe XXH64_digest(state) }
}

/// XXH3 in 64 bits of bytes that come in pieces: the checksum of everything in the cache, because
/// it costs the least for each byte.
@safe
public struct XXH3Hasher: ~Copyable, @unchecked Sendable {
  // Invariant: made by XXH3_createState in init, freed once in deinit, never shared.
  private let state: OpaquePointer?

  /// Creates a hasher that has seen no bytes, with seed 0.
  public init() {
    unsafe state = XXH3_createState()
    unsafe _ = XXH3_64bits_reset(state)
  }

  deinit { unsafe _ = XXH3_freeState(state) }

  /// Adds bytes.
  public mutating func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes { raw in
      if raw.count > 0 { unsafe _ = XXH3_64bits_update(state, raw.baseAddress, raw.count) }
    }
  }

  /// The hash of all bytes added so far.
  public var value: UInt64 { unsafe XXH3_64bits_digest(state) }
}
