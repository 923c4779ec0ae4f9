import Deduplication

/// The sizes that bound memory and cut the work. None of them changes a row of the output, but for
/// the largest record: what is larger is not read.
public struct Limits: Sendable, Codable, Equatable {
  /// Raw bytes of the records of a batch.
  public var batchBytes = 1 << 20
  /// Largest record in bytes; a larger one is a counted bad record.
  public var maximumRecordBytes = 256 << 20
  /// Bytes of input files that make one input part.
  public var partBytes: UInt64 = 256 << 20
  /// Bytes of text that close a text part: the checkpoint of a large file, and the unit of
  /// everything after ingest.
  public var textPartBytes: UInt64 = 64 << 20
  /// The level of zstd at which the cache keeps text; nil for none. Text as it is costs the least
  /// time; a disk that is slower than the processors, or small, is better off with level 1.
  public var textCompression: Int32?
  /// Bytes of signatures, as they lie on disk, that a bucket of a barrier may hold.
  public var bucketBytes: UInt64 = 16 << 20
  /// Bytes of tokens that are shuffled at once in memory; a larger source goes through cells on
  /// disk.
  public var shuffleBytes: UInt64 = 64 << 20

  /// Signatures that a bucket of a barrier may hold.
  var bucketSignatures: Int {
    Int(clamping: bucketBytes / UInt64(SignatureFileWriter.entryBytes))
  }

  /// Creates the standard limits.
  public init() {}
}
