import Bytes

/// The sizes and digests of a finished seekable zstd file, for a manifest.
public struct SeekableZstdSummary: Codable, Sendable, Equatable {
  /// Bytes of content.
  public var rawBytes: UInt64
  /// Bytes of the file, its seek table included.
  public var compressedBytes: UInt64
  /// XXH64 of the content, as 16 hexadecimal digits.
  public var rawXXH64: String
  /// SHA-256 of the content.
  public var rawSHA256: Digest
  /// XXH64 of the file, as 16 hexadecimal digits.
  public var compressedXXH64: String
  /// SHA-256 of the file.
  public var compressedSHA256: Digest
  /// Frames of content; the seek table is not counted.
  public var frames: Int

  /// Creates a summary.
  public init(
    rawBytes: UInt64, compressedBytes: UInt64, rawXXH64: String, rawSHA256: Digest,
    compressedXXH64: String, compressedSHA256: Digest, frames: Int
  ) {
    self.rawBytes = rawBytes
    self.compressedBytes = compressedBytes
    self.rawXXH64 = rawXXH64
    self.rawSHA256 = rawSHA256
    self.compressedXXH64 = compressedXXH64
    self.compressedSHA256 = compressedSHA256
    self.frames = frames
  }
}
