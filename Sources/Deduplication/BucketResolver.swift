import Bytes
import Streams

/// Decides about the members of one bucket, of all parts: of equal keys the first stays, and the
/// others go for its sake.
///
/// Memory is bounded by `limit` members and the removals among them. A bucket that has more, because a
/// key occurs very often, is gone over twice: first for the member of each key that stays, which
/// takes as much memory as the bucket has different keys; then, a part at a time, for those that go.
public struct BucketResolver {
  /// The most members held that may be copies of one key.
  private let limit: Int
  private var members: [BucketMember] = []

  /// Creates a resolver.
  ///
  /// - Parameter limit: The members held before a bucket is gone over twice; fewer than 1 count as 1.
  public init(limit: Int) { self.limit = max(1, limit) }

  /// Resolves one bucket from files to a file: the whole resolve stage.
  ///
  /// - Parameters:
  ///   - bucket: The bucket.
  ///   - signatureFiles: The parts' signature files in order of priority: a file's index is its
  ///     part's rank.
  ///   - output: The path of the removal file.
  /// - Returns: The number of removals. O(n log n) for n members, whatever their keys are.
  /// - Throws: What reading and writing the files throws.
  public mutating func resolve(
    _ bucket: SignatureBucket, signatureFiles: [String], output: String
  ) throws(CuveeError) -> UInt64 {
    let isWhole = try gather(bucket, signatureFiles)
    var file = try RemovalFileWriter(path: output)
    if isWhole {
      for removals in removals(parts: signatureFiles.count) { try file.append(removals) }
    } else {
      for (part, path) in signatureFiles.enumerated() {
        try file.append(try removals(of: bucket, part: UInt32(part), path))
      }
    }
    try file.finish()
    return file.count
  }

  /// Gathers the members of a bucket, in their order.
  ///
  /// - Returns: Whether these are all; else of each key only the first is there.
  private mutating func gather(
    _ bucket: SignatureBucket, _ signatureFiles: [String]
  ) throws(CuveeError) -> Bool {
    var gathered: [BucketMember] = []
    var isWhole = true
    var room = limit
    for (part, path) in signatureFiles.enumerated() {
      let file = try SignatureFileReader(path: path)
      try file.forEach(in: bucket, part: UInt32(part)) { new throws(CuveeError) in
        gathered += new
        guard gathered.count > room else { return }
        isWhole = false
        Self.keepFirsts(of: &gathered)
        // Twice as many as there are keys, so that all sorting together stays O(n log n).
        room = max(limit, 2 * gathered.count)
      }
    }
    if isWhole { gathered.sort() } else { Self.keepFirsts(of: &gathered) }
    members = gathered
    return isWhole
  }

  /// Sorts members, and keeps the first of each key.
  private static func keepFirsts(of members: inout [BucketMember]) {
    members.sort()
    var kept = 0
    for member in members where kept == 0 || members[kept - 1].key != member.key {
      members[kept] = member
      kept += 1
    }
    members.removeSubrange(kept...)
  }

  /// The removals of all parts, from all members in their order.
  private func removals(parts: Int) -> [[Removal]] {
    var removals = [[Removal]](repeating: [], count: parts)
    var first = 0
    for index in members.indices.dropFirst() {
      if members[index].key == members[first].key {
        removals[Int(members[index].part)].append(
          Removal(members[index], keeping: members[first]))
      } else {
        first = index
      }
    }
    return removals
  }

  /// The removals of a part, where `members` has the first of each key.
  private func removals(
    of bucket: SignatureBucket, part: UInt32, _ path: String
  ) throws(CuveeError) -> [Removal] {
    var removals: [Removal] = []
    let file = try SignatureFileReader(path: path)
    try file.forEach(in: bucket, part: part) { new throws(CuveeError) in
      for member in new {
        guard let first = first(of: member.key) else { throw BarrierFile.signatures.damaged(path) }
        if first != member { removals.append(Removal(member, keeping: first)) }
      }
    }
    return removals
  }

  /// The first member of a key; nil where there is none. O(log n).
  private func first(of key: Hash128) -> BucketMember? {
    let index = members.partitionPoint { $0.key < key }
    return index < members.count && members[index].key == key ? members[index] : nil
  }
}

extension Removal {
  /// Removes a member because another one of its key stays.
  init(_ member: BucketMember, keeping first: BucketMember) {
    self.init(
      document: member.document, piece: member.piece,
      kept: DocumentPlace(part: first.part, document: first.document))
  }
}
