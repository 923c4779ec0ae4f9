import Bytes
import Streams

/// Writes what goes from one part, gathered from all buckets.
///
/// Layout, version 1: magic `CUVEEMRK`, version, zero (uint32 each), entries (uint64), the
/// digest of what goes (64 hexadecimal digits); then the entries by document and piece, as in
/// `RemovalFileWriter`. The bytes depend on the removals only, not on the buckets they came from.
public enum MarksFileWriter {
  /// The bytes before the entries.
  static let headerBytes = BarrierFile.identityBytes + 4 + 8 + 64

  /// Gathers the removals of a part from the files of all buckets.
  ///
  /// - Parameters:
  ///   - part: The part's rank.
  ///   - removalFiles: The removal files of all buckets.
  /// - Returns: The removals by document and piece. Where several documents stay for one that
  ///   goes, the one of highest priority is named.
  /// - Throws: What reading the files throws.
  public static func gather(
    part: Int, from removalFiles: [String]
  ) throws(CuveeError) -> [Removal] {
    var removals: [Removal] = []
    for path in removalFiles {
      let file = try RemovalFileReader(path: path)
      guard part < file.parts else { throw BarrierFile.removals.damaged(path) }
      try file.read(part: part, into: &removals)
    }
    removals.sort()
    var distinct = 0
    for removal in removals {
      if distinct > 0, removals[distinct - 1].document == removal.document,
        removals[distinct - 1].piece == removal.piece
      {
        continue
      }
      removals[distinct] = removal
      distinct += 1
    }
    removals.removeSubrange(distinct...)
    return removals
  }

  /// The digest of what goes, whatever stays for it: what the stages after the barrier depend on.
  ///
  /// - Parameter removals: The removals by document and piece.
  /// - Returns: The SHA-256 of documents and pieces, each as little-endian uint32.
  public static func digest(of removals: [Removal]) -> Digest {
    var hasher = SHA256Hasher()
    var bytes: [UInt8] = []
    for removal in removals {
      bytes.appendLittleEndian(removal.document)
      bytes.appendLittleEndian(removal.piece)
      if bytes.count >= 1 << 16 {
        hasher.update(bytes.span)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    hasher.update(bytes.span)
    return hasher.finalize()
  }

  /// Writes a file.
  ///
  /// - Parameters:
  ///   - removals: The removals as `gather` gives them.
  ///   - path: The file's path.
  /// - Returns: The digest of what goes.
  /// - Throws: `CuveeError.io` when the file cannot be written.
  @discardableResult
  public static func write(_ removals: [Removal], to path: String) throws(CuveeError) -> Digest {
    let digest = digest(of: removals)
    var file = try OutputFile(path: path)
    var bytes: [UInt8] = []
    BarrierFile.marks.appendIdentity(to: &bytes)
    bytes.appendLittleEndian(UInt32(0))
    bytes.appendLittleEndian(UInt64(removals.count))
    bytes += Array(digest.hex.utf8)
    for removal in removals {
      RemovalFileWriter.append(removal, to: &bytes)
      if bytes.count >= 1 << 16 {
        try file.write(bytes.span)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try file.write(bytes.span)
    try file.finish()
    return digest
  }
}
