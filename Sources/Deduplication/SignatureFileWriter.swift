import Bytes
import Streams

/// Writes the signatures of one part, routed to buckets by the top bits of their keys.
///
/// Layout, version 2: runs, then the offset of each run (uint64), then a trailer of 28 bytes:
/// signatures in all (uint64), runs (uint32), buckets (uint32), magic `CUVEESIG`, version
/// (uint32). A run holds at most 2^20 signatures, so that memory is bounded however many a part
/// gives: where each bucket begins among the run's entries, and their number (buckets + 1 of
/// uint32), then the entries by bucket, each in the order it came: key high and low (uint64),
/// document and piece (uint32), rank (uint64). The bytes depend on the signatures and the number of buckets
/// only, not on the batches they came in.
public struct SignatureFileWriter: ~Copyable {
  /// The bytes of one signature on disk.
  static let entryBytes = 32
  /// The bytes of the trailer.
  static let trailerBytes = 28
  /// The most buckets a file may have.
  public static let maximumBuckets = 1 << 20
  /// The signatures of a full run.
  public static let runCapacity = 1 << 20

  private var file: OutputFile
  private let buckets: Int
  private let capacity: Int
  private var pending: [Signature] = []
  private var runOffsets: [UInt64] = []
  private var written: UInt64 = 0

  /// Creates the file.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - buckets: The number of buckets, a power of two up to 2^20.
  ///   - runCapacity: The signatures held in memory before a run is written; smaller in tests.
  /// - Throws: `CuveeError.io` when the file cannot be created.
  public init(
    path: String, buckets: Int, runCapacity: Int = SignatureFileWriter.runCapacity
  ) throws(CuveeError) {
    precondition(
      buckets > 0 && buckets & (buckets - 1) == 0 && buckets <= Self.maximumBuckets,
      "the number of buckets is a power of two")
    precondition(runCapacity > 0 && runCapacity <= Int(UInt32.max), "a run has room")
    self.buckets = buckets
    capacity = runCapacity
    file = try OutputFile(path: path)
  }

  /// Adds signatures, in the order of the part's documents.
  ///
  /// - Throws: `CuveeError.io` when a full run cannot be written.
  public mutating func append(_ signatures: [Signature]) throws(CuveeError) {
    var rest = signatures[...]
    while !rest.isEmpty {
      let taken = rest.prefix(capacity - pending.count)
      pending += taken
      rest = rest.dropFirst(taken.count)
      if pending.count == capacity { try writeRun() }
    }
  }

  /// Writes what is left and the trailer, and closes the file.
  ///
  /// - Returns: The number of signatures.
  /// - Throws: `CuveeError.io` when the file cannot be written.
  public mutating func finish() throws(CuveeError) -> UInt64 {
    if !pending.isEmpty { try writeRun() }
    var bytes: [UInt8] = []
    for offset in runOffsets { bytes.appendLittleEndian(offset) }
    bytes.appendLittleEndian(written)
    bytes.appendLittleEndian(UInt32(runOffsets.count))
    bytes.appendLittleEndian(UInt32(buckets))
    BarrierFile.signatures.appendIdentity(to: &bytes)
    try file.write(bytes.span)
    try file.finish()
    return written
  }

  /// The bucket of a key.
  static func bucket(of key: Hash128, buckets: Int) -> Int {
    Int((key.high.multipliedFullWidth(by: UInt64(buckets))).high)
  }

  private mutating func writeRun() throws(CuveeError) {
    runOffsets.append(file.bytesWritten)
    written += UInt64(pending.count)
    // Counting sort by bucket, which keeps the order inside a bucket.
    var begins = [UInt32](repeating: 0, count: buckets + 1)
    for signature in pending {
      begins[Self.bucket(of: signature.key, buckets: buckets) + 1] += 1
    }
    for bucket in 0..<buckets { begins[bucket + 1] += begins[bucket] }
    var order = [UInt32](repeating: 0, count: pending.count)
    var next = begins
    for (index, signature) in pending.enumerated() {
      let bucket = Self.bucket(of: signature.key, buckets: buckets)
      order[Int(next[bucket])] = UInt32(index)
      next[bucket] += 1
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(begins.count * 4)
    for begin in begins { bytes.appendLittleEndian(begin) }
    try file.write(bytes.span)
    for start in stride(from: 0, to: order.count, by: 4096) {
      bytes.removeAll(keepingCapacity: true)
      for index in order[start..<min(start + 4096, order.count)] {
        let signature = pending[Int(index)]
        bytes.appendLittleEndian(signature.key.high)
        bytes.appendLittleEndian(signature.key.low)
        bytes.appendLittleEndian(signature.document)
        bytes.appendLittleEndian(signature.piece)
        bytes.appendLittleEndian(signature.rank)
      }
      try file.write(bytes.span)
    }
    pending.removeAll(keepingCapacity: true)
  }
}
