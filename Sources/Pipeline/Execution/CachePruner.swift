import Bytes
import Foundation
import Streams

/// What pruning has removed, or would remove.
public struct PrunedEntries: Sendable, Codable {
  /// The entries.
  public var entries = 0
  /// The bytes of their files.
  public var bytes: UInt64 = 0
  /// The bytes of damaged units that were set aside before.
  public var damagedBytes: UInt64 = 0
  /// The bytes of the entries that stay, of all stages.
  public var keptBytes: UInt64 = 0

  enum CodingKeys: String, CodingKey {
    case entries, bytes
    case damagedBytes = "damaged_bytes"
    case keptBytes = "kept_bytes"
  }
}

/// Removes entries of a cache.
public enum CachePruner {
  /// Which entries go.
  public enum Selection: Sendable {
    /// All.
    case all
    /// Those that no build has used for so many days.
    case unused(days: Int)
    /// Those that were used longest ago, until the rest has at most so many bytes.
    case beyond(bytes: UInt64)
  }

  /// Removes entries.
  ///
  /// - Parameters:
  ///   - root: The cache's folder.
  ///   - stage: Only this stage's; all stages' where it is nil.
  ///   - selection: Which of them.
  ///   - dryRun: Whether they are only counted.
  /// - Returns: What was removed.
  /// - Throws: `failed` while a build uses the cache, `io` where something cannot be removed.
  public static func prune(
    root: String, stage: Stage? = nil, _ selection: Selection, dryRun: Bool = false
  ) throws(CuveeError) -> PrunedEntries {
    let root = FileSystem.absolute(root)
    var pruned = PrunedEntries()
    guard try FileSystem.status(root) != nil else { return pruned }
    if dryRun {
      let listing = try CacheListing(root: root, labels: false)
      return counted(listing, doomed(listing, stage, selection))
    }
    let lock = try FileLock(path: root + "/lock", exclusive: true, wait: false)
    let listing = try CacheListing(root: root, labels: false)
    let doomed = doomed(listing, stage, selection)
    for (stage, entry) in doomed {
      try StageCache.remove("\(root)/\(stage.rawValue)/\(entry.key)", root: root)
    }
    try FileSystem.remove(StageCache.damagedRoot(root))
    pruned = counted(listing, doomed)
    _ = consume lock
    return pruned
  }

  private typealias Doomed = [(stage: Stage, entry: CacheListing.Entry)]

  private static func counted(_ listing: CacheListing, _ doomed: Doomed) -> PrunedEntries {
    let bytes = doomed.reduce(0) { $0 + $1.entry.bytes }
    return PrunedEntries(
      entries: doomed.count, bytes: bytes, damagedBytes: listing.damagedBytes,
      keptBytes: listing.bytes - bytes)
  }

  private static func doomed(
    _ listing: CacheListing, _ stage: Stage?, _ selection: Selection
  ) -> Doomed {
    let all = listing.stages.filter { stage == nil || $0.stage == stage }
      .flatMap { stage in stage.entries.map { (stage: stage.stage, entry: $0) } }
    switch selection {
    case .all: return all
    case .unused(let days):
      let now = Date().timeIntervalSince1970
      return all.filter { now - Double($0.entry.lastUsed) / 1e9 >= Double(days) * 86400 }
    case .beyond(let limit):
      var left = listing.bytes
      // The key decides between entries of one time, so that the same go everywhere.
      let oldestFirst = all.sorted {
        ($0.entry.lastUsed, $0.entry.key) < ($1.entry.lastUsed, $1.entry.key)
      }
      return oldestFirst.prefix { doomed in
        guard left > limit else { return false }
        left -= doomed.entry.bytes
        return true
      }
    }
  }
}
