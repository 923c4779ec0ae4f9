import Bytes
import Streams

/// What reading a whole cache through has found.
public struct CacheVerification: Sendable, Codable {
  /// The units.
  public var units = 0
  /// The bytes of their files, receipts included.
  public var bytes: UInt64 = 0
  /// The damaged ones.
  public var damages: [CacheDamage] = []
  /// Whether these were set aside, so that the next build does them again.
  public var repaired = false
}

/// Holds every file of a cache against its receipt.
public enum CacheVerifier {
  /// Reads a cache through.
  ///
  /// - Parameters:
  ///   - root: The cache's folder.
  ///   - repair: Whether damaged units are set aside.
  ///   - workers: The number of threads.
  /// - Returns: What was found.
  /// - Throws: `failed` where damaged units are to be set aside while a build uses the cache, `io`
  ///   where the cache cannot be listed.
  public static func verify(
    root: String, repair: Bool, workers: Int
  ) throws(CuveeError) -> CacheVerification {
    let root = FileSystem.absolute(root)
    var result = CacheVerification()
    guard try FileSystem.status(root) != nil else {
      throw .missingInput("\(root): there is no cache here; name it with --cache")
    }
    let lock = try FileLock(path: root + "/lock", exclusive: repair, wait: false)
    let units = try CacheListing(root: root, labels: false).stages.flatMap { stage in
      stage.entries.map { (stage: stage.stage, entry: $0) }
    }
    let found = TaskPool(workers: workers).run(units, size: { $0.entry.bytes }) { unit, _ in
      damage(root, unit.stage, unit.entry.key)
    }
    result.units = units.count
    result.bytes = units.reduce(0) { $0 + $1.entry.bytes }
    for outcome in found {
      if let damage = try outcome.get() { result.damages.append(damage) }
    }
    if repair {
      for damage in result.damages { try StageCache.setAside(damage, root: root) }
      result.repaired = !result.damages.isEmpty
    }
    _ = consume lock
    return result
  }

  private static func damage(_ root: String, _ stage: Stage, _ key: String) -> CacheDamage? {
    let folder = "\(root)/\(stage.rawValue)/\(key)"
    let receipt = try? ReceiptStore.read(ReceiptHead.self, from: folder)
    return CacheDamage(stage, key, in: folder, receipt: receipt)
  }
}
