import Bytes
import Streams

/// Gathers one bucket's members of all parts and lets a barrier decide about them.
///
/// Memory is bounded by the members of a bucket; it is kept for the next one.
public struct BucketResolver: ~Copyable {
  private var members: [BucketMember] = []

  /// Creates a resolver with no members.
  public init() {}

  /// The number of members gathered.
  public var memberCount: Int { members.count }

  /// Gathers the members of a bucket from the file of a part.
  ///
  /// - Parameters:
  ///   - bucket: The bucket.
  ///   - file: The part's signatures.
  ///   - part: The part's rank, 0 first in priority.
  /// - Throws: What reading the file throws.
  public mutating func gather(
    bucket: Int, of file: borrowing SignatureFileReader, part: UInt32
  ) throws(CuveeError) {
    try file.read(bucket: bucket, part: part, into: &members)
  }

  /// Decides about the members gathered, and forgets them.
  ///
  /// - Parameter barrier: The barrier that signed them.
  /// - Returns: What goes, sorted by part, document and piece.
  public mutating func resolve(with barrier: any Barrier) -> BucketRemovals {
    members.sort()
    var removals = BucketRemovals()
    barrier.resolve(members.span, into: &removals)
    removals.sort()
    members.removeAll(keepingCapacity: true)
    return removals
  }

  /// Resolves one bucket from files to a file: the whole resolve stage.
  ///
  /// - Parameters:
  ///   - bucket: The bucket.
  ///   - signatureFiles: The parts' signature files in order of priority: a file's index is its
  ///     part's rank.
  ///   - barrier: The barrier that signed them.
  ///   - output: The path of the removal file.
  /// - Returns: The number of removals.
  /// - Throws: What reading and writing the files throws, and `CuveeError.badData` when a file
  ///   has too few buckets.
  public mutating func resolve(
    bucket: Int, signatureFiles: [String], with barrier: any Barrier, output: String
  ) throws(CuveeError) -> Int {
    members.removeAll(keepingCapacity: true)
    for (part, path) in signatureFiles.enumerated() {
      let file = try SignatureFileReader(path: path)
      guard bucket < file.buckets else { throw BarrierFile.signatures.damaged(path) }
      try gather(bucket: bucket, of: file, part: UInt32(part))
    }
    let removals = resolve(with: barrier)
    try RemovalFileWriter.write(removals, parts: signatureFiles.count, to: output)
    return removals.count
  }
}
