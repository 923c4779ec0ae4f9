import Bytes
import Streams

/// Reads one bucket of a part's signatures (see `SignatureFileWriter` for the layout).
public struct SignatureFileReader: ~Copyable, Sendable {
  /// Entries that are read at once.
  private static let chunkEntries = 1 << 15
  /// The bytes of a run's table.
  private static let tableBytes = UInt64(SignatureSlots.count + 1) * 4

  private let file: RandomAccessFile
  private let path: String
  /// Where each run begins, and where the last one ends.
  private let runOffsets: [UInt64]
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
    let slots = Int(bytes.loadLittleEndian(UInt32.self, at: 12))
    let indexBytes = runs * 8
    guard slots == SignatureSlots.count, file.size >= UInt64(trailerBytes + indexBytes) else {
      throw format.damaged(path)
    }
    let indexOffset = file.size - UInt64(trailerBytes + indexBytes)
    bytes.removeAll()
    try file.read(at: indexOffset, count: indexBytes, appendingTo: &bytes)
    var offsets = (0..<runs).map { bytes.loadLittleEndian(UInt64.self, at: $0 * 8) }
    offsets.append(indexOffset)
    let tableBytes = Self.tableBytes
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
    runOffsets = offsets
    self.path = path
    self.file = file
  }

  /// Calls a function with the members of a bucket, some at a time.
  ///
  /// - Parameters:
  ///   - bucket: The bucket.
  ///   - part: The rank of the part whose file this is.
  ///   - body: Takes members: of each slot in the order of the part's documents, slot after slot,
  ///     run after run.
  /// - Throws: `CuveeError.badData` when the file contradicts itself, `CuveeError.io` when it
  ///   cannot be read; what `body` throws.
  public func forEach(
    in bucket: SignatureBucket, part: UInt32, _ body: ([BucketMember]) throws(CuveeError) -> Void
  ) throws(CuveeError) {
    let slots = bucket.slots
    precondition(
      slots.lowerBound >= 0 && slots.upperBound <= SignatureSlots.count, "the file has these slots")
    let entryBytes = UInt64(SignatureFileWriter.entryBytes)
    var bytes: [UInt8] = []
    for (begin, end) in zip(runOffsets, runOffsets.dropFirst()) {
      let entries = begin + Self.tableBytes
      var next = UInt64(try place(of: slots.lowerBound, inRunAt: begin))
      let last = UInt64(try place(of: slots.upperBound, inRunAt: begin))
      guard next <= last, entries + last * entryBytes <= end else {
        throw BarrierFile.signatures.damaged(path)
      }
      while next < last {
        let count = min(UInt64(Self.chunkEntries), last - next)
        bytes.removeAll(keepingCapacity: true)
        try file.read(
          at: entries + next * entryBytes, count: Int(count * entryBytes), appendingTo: &bytes)
        try body(try members(in: bytes, of: bucket, part))
        next += count
      }
    }
  }

  /// Where a slot begins among the entries of a run.
  private func place(of slot: Int, inRunAt begin: UInt64) throws(CuveeError) -> UInt32 {
    var bytes: [UInt8] = []
    try file.read(at: begin + UInt64(slot) * 4, count: 4, appendingTo: &bytes)
    return bytes.loadLittleEndian(UInt32.self, at: 0)
  }

  /// The members of a bucket among entries of its slots.
  private func members(
    in bytes: [UInt8], of bucket: SignatureBucket, _ part: UInt32
  ) throws(CuveeError) -> [BucketMember] {
    var members: [BucketMember] = []
    members.reserveCapacity(bytes.count / SignatureFileWriter.entryBytes)
    for offset in stride(from: 0, to: bytes.count, by: SignatureFileWriter.entryBytes) {
      let key = Hash128(
        high: bytes.loadLittleEndian(UInt64.self, at: offset),
        low: bytes.loadLittleEndian(UInt64.self, at: offset + 8))
      guard bucket.slots.contains(SignatureSlots.slot(of: key)) else {
        throw BarrierFile.signatures.damaged(path)
      }
      guard bucket.contains(key) else { continue }
      members.append(
        BucketMember(
          key: key, part: part,
          document: bytes.loadLittleEndian(UInt32.self, at: offset + 16),
          piece: bytes.loadLittleEndian(UInt32.self, at: offset + 20),
          rank: bytes.loadLittleEndian(UInt64.self, at: offset + 24)))
    }
    return members
  }
}
