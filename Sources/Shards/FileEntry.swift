import Bytes
import Streams

/// A file of an output with its sizes and digests, uncompressed and as it lies on the disk.
public struct FileEntry: Codable, Sendable, Equatable {
  /// The path, relative to the output's folder.
  public var file: String
  /// The uncompressed size in bytes.
  public var rawBytes: UInt64
  /// The size on the disk in bytes.
  public var compressedBytes: UInt64
  /// XXH64 of the uncompressed bytes, 16 hexadecimal digits.
  public var rawXXH64: String
  /// SHA-256 of the uncompressed bytes.
  public var rawSHA256: Digest
  /// XXH64 of the bytes on the disk, 16 hexadecimal digits.
  public var compressedXXH64: String
  /// SHA-256 of the bytes on the disk.
  public var compressedSHA256: Digest

  enum CodingKeys: String, CodingKey {
    case file
    case rawBytes = "raw_bytes"
    case compressedBytes = "compressed_bytes"
    case rawXXH64 = "raw_xxh64"
    case rawSHA256 = "raw_sha256"
    case compressedXXH64 = "compressed_xxh64"
    case compressedSHA256 = "compressed_sha256"
  }

  /// Creates the entry of a file that a writer has finished.
  ///
  /// - Parameters:
  ///   - file: The path, relative to the output's folder.
  ///   - summary: What the writer's `finish` returned.
  public init(file: String, summary: SeekableZstdSummary) {
    self.file = file
    rawBytes = summary.rawBytes
    compressedBytes = summary.compressedBytes
    rawXXH64 = summary.rawXXH64
    rawSHA256 = summary.rawSHA256
    compressedXXH64 = summary.compressedXXH64
    compressedSHA256 = summary.compressedSHA256
  }
}
