import Bytes
import Deduplication

/// What mark says of one text part.
struct MarkFacts: Codable, Sendable {
  /// Removals of the part.
  var removals: Int
  /// The digest of what goes, whatever stays for it: what later stages depend on.
  var digest: Digest
}

/// Gathers the removals of a text part from all buckets.
struct MarkUnit: KeyedUnit {
  typealias Facts = MarkFacts
  static let stage = Stage.mark
  static let fileName = "marks.bin"

  /// The rank of the part: its place among the barrier's parts, first in priority first.
  let rank: Int
  /// The keys of the buckets' removals.
  let resolved: [Digest]
  /// The digest of `resolved`, made once for all parts.
  let resolvedDigest: Digest
  let label: String

  var size: UInt64 { 0 }

  var key: Digest {
    var key = KeyBuilder("mark", version: ToolVersion.formats)
    key.add("resolved", resolvedDigest)
    key.add("rank", rank)
    return key.key
  }

  func produce(
    into folder: String, _ environment: UnitEnvironment
  ) throws(CuveeError) -> MarkFacts {
    let removals = try MarksFileWriter.gather(
      part: rank,
      from: try environment.cache.paths(ResolveUnit.fileName, of: .resolve, resolved))
    let digest = try MarksFileWriter.write(removals, to: folder + "/" + Self.fileName)
    return MarkFacts(removals: removals.count, digest: digest)
  }

  /// What a finished unit removes, by document and piece.
  static func removals(_ key: Digest, cache: StageCache) throws(CuveeError) -> [Removal] {
    var file = try MarksFileReader(path: cache.open(.mark, key) + "/" + fileName)
    var removals: [Removal] = []
    removals.reserveCapacity(Int(file.count))
    while let removal = try file.next() { removals.append(removal) }
    return removals
  }
}
