import Bytes
import Streams

/// What a cache holds.
public struct CacheListing: Sendable, Codable {
  /// The result of one unit of work.
  public struct Entry: Sendable, Codable {
    /// The digest under which it lies.
    public var key: String
    /// What a person reads: the source and the part.
    public var label: String
    /// The bytes of its files, the receipt included.
    public var bytes: UInt64
    /// When a build has used it last, in nanoseconds since 1970.
    public var lastUsed: Int64

    enum CodingKeys: String, CodingKey {
      case key, label, bytes
      case lastUsed = "last_used"
    }
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
  /// The bytes of damaged units that were set aside; `cuvee cache prune` removes them.
  public var damagedBytes: UInt64 = 0

  enum CodingKeys: String, CodingKey {
    case stages
    case damagedBytes = "damaged_bytes"
  }

  /// The bytes of all entries.
  public var bytes: UInt64 { stages.reduce(0) { $0 + $1.bytes } }

  /// Looks through a cache.
  ///
  /// - Parameters:
  ///   - root: The cache's folder; one that is not there holds nothing.
  ///   - labels: Whether receipts are read for the labels; without, it takes a tenth of the time.
  /// - Throws: `io` or `missingInput` where it cannot be read.
  public init(root: String, labels: Bool = true) throws(CuveeError) {
    let root = FileSystem.absolute(root)
    for stage in Stage.allCases {
      let folder = "\(root)/\(stage.rawValue)"
      var entries: [Entry] = []
      for key in try FileSystem.status(folder) == nil ? [] : FileSystem.list(folder) {
        let unit = "\(folder)/\(key)"
        let receipt = labels ? try? ReceiptStore.read(ReceiptHead.self, from: unit) : nil
        let used = try FileSystem.status("\(unit)/\(ReceiptStore.fileName)")
        entries.append(
          Entry(
            key: key, label: receipt?.label ?? (labels ? "damaged receipt" : ""),
            bytes: try Self.size(of: unit), lastUsed: used?.modifiedNanoseconds ?? 0))
      }
      stages.append(
        StageListing(
          stage: stage, entries: entries, bytes: entries.reduce(0) { $0 + $1.bytes }))
    }
    let damaged = StageCache.damagedRoot(root)
    if try FileSystem.status(damaged) != nil { damagedBytes = try Self.size(of: damaged) }
  }

  private static func size(of folder: String) throws(CuveeError) -> UInt64 {
    var bytes: UInt64 = 0
    for file in try FileSystem.files(below: folder) {
      bytes += try FileSystem.status("\(folder)/\(file)")?.size ?? 0
    }
    return bytes
  }
}
