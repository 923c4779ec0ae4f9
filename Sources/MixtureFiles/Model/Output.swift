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

/// How documents are laid into rows.
public enum Packing: String, Sendable, CaseIterable {
  /// One stream of documents, cut into rows.
  case concatenate
  /// Documents placed where they fit best, so that few are cut.
  case bestFit = "best-fit"
  /// One document a row.
  case oneDocument = "one-document"
}

/// What happens at a record that cannot be read.
public enum OnBadRecord: String, Sendable, CaseIterable {
  /// It is counted and reported, and the run goes on.
  case skip
  /// The run fails.
  case fail
}
