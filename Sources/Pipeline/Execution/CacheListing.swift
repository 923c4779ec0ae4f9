import Bytes
import Foundation
import Streams

/// What a cache holds.
public struct CacheListing: Sendable, Codable {
  /// The result of one unit of work.
  public struct Entry: Sendable, Codable {
    /// The digest under which it lies.
    public var key: String
    /// What a person reads: the source and the part.
    public var label: String
    /// The bytes of its files.
    public var bytes: UInt64
  }

  /// The results of one stage.
  public struct StageListing: Sendable, Codable {
    /// The stage.
    public var stage: Stage
    /// Its entries by key.
    public var entries: [Entry]
    /// The bytes of all.
    public var bytes: UInt64
  }

  /// The stages in their order.
  public var stages: [StageListing] = []

  /// Looks through a cache.
  ///
  /// - Parameter root: The cache's folder; one that is not there holds nothing.
  /// - Throws: `io` where it cannot be read.
  public init(root: String) throws(CuveeError) {
    for stage in Stage.allCases {
      let folder = "\(FileSystem.absolute(root))/\(stage.rawValue)"
      var entries: [Entry] = []
      if try FileSystem.status(folder) != nil {
        for key in try FileSystem.list(folder) {
          let receipt: ReceiptHead = try JSONFile.read("\(folder)/\(key)/receipt.json")
          entries.append(
            Entry(
              key: key, label: receipt.label, bytes: receipt.files.reduce(0) { $0 + $1.bytes }))
        }
      }
      stages.append(
        StageListing(
          stage: stage, entries: entries, bytes: entries.reduce(0) { $0 + $1.bytes }))
    }
  }
}

/// What a listing needs of a receipt.
private struct ReceiptHead: Decodable {
  var label: String
  var files: [ReceiptFile]
}

/// What pruning has removed.
public struct PrunedEntries: Sendable, Codable {
  /// The entries.
  public var entries = 0
  /// The bytes of their files.
  public var bytes: UInt64 = 0
}

/// Removes entries of a cache.
public enum CachePruner {
  /// Removes entries.
  ///
  /// - Parameters:
  ///   - root: The cache's folder.
  ///   - stage: Only this stage's; all stages' where it is nil.
  ///   - unusedDays: Only those that no build has used for so many days; all where it is nil.
  /// - Returns: What was removed.
  /// - Throws: `failed` while a build uses the cache, `io` where something cannot be removed.
  public static func prune(
    root: String, stage: Stage?, unusedDays: Int?
  ) throws(CuveeError) -> PrunedEntries {
    let root = FileSystem.absolute(root)
    var pruned = PrunedEntries()
    guard try FileSystem.status(root) != nil else { return pruned }
    let lock = try FileLock(path: root + "/lock", exclusive: true, wait: false)
    for listing in try CacheListing(root: root).stages
    where stage == nil || listing.stage == stage {
      for entry in listing.entries {
        let folder = "\(root)/\(listing.stage.rawValue)/\(entry.key)"
        if let unusedDays, try age(of: folder) < Double(unusedDays) * 86400 { continue }
        try StageCache.remove(folder, root: root)
        pruned.entries += 1
        pruned.bytes += entry.bytes
      }
    }
    _ = consume lock
    return pruned
  }

  /// Seconds since a build has used an entry: builds touch the receipts of what they use.
  private static func age(of folder: String) throws(CuveeError) -> Double {
    let status = try FileSystem.status(folder + "/receipt.json")
    let used = Double(status?.modifiedNanoseconds ?? 0) / 1e9
    return Date().timeIntervalSince1970 - used
  }
}
