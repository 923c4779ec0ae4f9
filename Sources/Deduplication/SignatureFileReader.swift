import Bytes
import Streams

/// Reads one bucket's slice of a part's signatures (see `SignatureFileWriter` for the layout).
public struct SignatureFileReader: ~Copyable, Sendable {
  private let file: RandomAccessFile
  private let path: String
  /// Where each run begins, and where the last one ends.
  private let runOffsets: [UInt64]
  /// The number of buckets.
  public let buckets: Int
  /// The number of signatures.
  public let count: UInt64

  /// Opens a file and checks its trailer.
  ///
  /// - Throws: `CuveeError.missingInput` when it cannot be opened, `CuveeError.badData` when it
  ///   is not a whole signature file.
  public init(path: String) throws(CuveeError) {
    let format = BarrierFile.signatures
    let file = try RandomAccessFile(path: path)
    let trailerBytes = SignatureFileWriter.trailerBytes
    guard file.size >= UInt64(trailerBytes) else { throw format.damaged(path) }
    var bytes: [UInt8] = []
    try file.read(at: file.size - UInt64(trailerBytes), count: trailerBytes, appendingTo: &bytes)
    try format.checkIdentity(bytes, at: 16, path: path)
    let count = bytes.loadLittleEndian(UInt64.self, at: 0)
    let runs = Int(bytes.loadLittleEndian(UInt32.self, at: 8))
    let buckets = Int(bytes.loadLittleEndian(UInt32.self, at: 12))
    let indexBytes = runs * 8
    guard buckets > 0, buckets & (buckets - 1) == 0,
      buckets <= SignatureFileWriter.maximumBuckets,
      file.size >= UInt64(trailerBytes + indexBytes)
    else { throw format.damaged(path) }
    let indexOffset = file.size - UInt64(trailerBytes + indexBytes)
    bytes.removeAll()
    try file.read(at: indexOffset, count: indexBytes, appendingTo: &bytes)
    var offsets = (0..<runs).map { bytes.loadLittleEndian(UInt64.self, at: $0 * 8) }
    offsets.append(indexOffset)
    let tableBytes = UInt64(buckets + 1) * 4
    var entries: UInt64 = 0
    guard offsets[0] == 0 else { throw format.damaged(path) }
    for (begin, end) in zip(offsets, offsets.dropFirst()) {
      guard begin < end, end <= indexOffset, end - begin >= tableBytes else {
        throw format.damaged(path)
      }
      entries += (end - begin - tableBytes) / UInt64(SignatureFileWriter.entryBytes)
    }
    guard entries == count else { throw format.damaged(path) }
    self.count = count
    self.buckets = buckets
    runOffsets = offsets
    self.path = path
    self.file = file
  }

  /// Appends the members of a bucket, in the order of the part's documents.
  ///
  /// - Parameters:
  ///   - bucket: The bucket, below `buckets`.
  ///   - part: The rank of the part whose file this is.
  ///   - members: The members are appended here.
  /// - Throws: `CuveeError.badData` when the file contradicts itself, `CuveeError.io` when it
  ///   cannot be read.
  public func read(
    bucket: Int, part: UInt32, into members: inout [BucketMember]
  ) throws(CuveeError) {
    precondition(bucket >= 0 && bucket < buckets, "the file has that bucket")
    let entryBytes = SignatureFileWriter.entryBytes
    let tableBytes = UInt64(buckets + 1) * 4
    var bytes: [UInt8] = []
    for (begin, end) in zip(runOffsets, runOffsets.dropFirst()) {
      bytes.removeAll(keepingCapacity: true)
      try file.read(at: begin + UInt64(bucket) * 4, count: 8, appendingTo: &bytes)
      let first = bytes.loadLittleEndian(UInt32.self, at: 0)
      let last = bytes.loadLittleEndian(UInt32.self, at: 4)
      let entries = begin + tableBytes
      guard first <= last, entries + UInt64(last) * UInt64(entryBytes) <= end else {
        throw BarrierFile.signatures.damaged(path)
      }
      bytes.removeAll(keepingCapacity: true)
      let size = Int(last - first) * entryBytes
      try file.read(
        at: entries + UInt64(first) * UInt64(entryBytes), count: size, appendingTo: &bytes)
      for offset in stride(from: 0, to: size, by: entryBytes) {
        let key = Hash128(
          high: bytes.loadLittleEndian(UInt64.self, at: offset),
          low: bytes.loadLittleEndian(UInt64.self, at: offset + 8))
        guard SignatureFileWriter.bucket(of: key, buckets: buckets) == bucket else {
          throw BarrierFile.signatures.damaged(path)
        }
        members.append(
          BucketMember(
            key: key, part: part,
            document: bytes.loadLittleEndian(UInt32.self, at: offset + 16),
            piece: bytes.loadLittleEndian(UInt32.self, at: offset + 20),
            rank: bytes.loadLittleEndian(UInt64.self, at: offset + 24)))
      }
    }
  }
}
