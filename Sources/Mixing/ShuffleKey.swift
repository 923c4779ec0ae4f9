import Bytes

/// Keys that put a source's documents into their seeded order of one epoch.
///
/// Documents are sorted by key; equal keys (one in 2^64 pairs) by their ordinals. A key
/// depends on nothing but the seed, the source, the epoch and the document, so that removing a
/// document never moves another.
public enum ShuffleKey {
  /// The seed of a source's order in an epoch.
  ///
  /// - Parameters:
  ///   - mixture: The mixture's seed.
  ///   - source: The source's name.
  ///   - epoch: The epoch, from 0.
  /// - Returns: The seed for `key`.
  public static func seed(mixture: UInt64, source: String, epoch: Int) -> UInt64 {
    // The name comes last, so that no name can pass for another epoch.
    StableRandom.seed(mixture, purpose: "shuffle: epoch \(epoch) of \(source)")
  }

  /// The key of a document.
  ///
  /// - Parameters:
  ///   - seed: The seed of the source's order in the epoch.
  ///   - pathHash: A stable hash of the path of the document's file as the source names it.
  ///   - record: The document's record in that file.
  /// - Returns: The key to sort by.
  public static func key(seed: UInt64, pathHash: UInt64, record: UInt64) -> UInt64 {
    StableHash.mix(seed: seed, pathHash, record)
  }
}
