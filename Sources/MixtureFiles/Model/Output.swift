/// How the output is written.
public struct Output: Sendable, Equatable {
  /// The greatest size of a shard before compression, in bytes.
  public var shardSize: UInt64
  /// The zstd level, 1 to 22.
  public var compressionLevel: Int32

  /// Creates the settings; without arguments, those of a file that says nothing.
  public init(shardSize: UInt64 = 256 << 20, compressionLevel: Int32 = 3) {
    self.shardSize = shardSize
    self.compressionLevel = compressionLevel
  }
}
