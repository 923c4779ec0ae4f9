import Bytes
import Streams

/// Writes the signatures of one part, routed to slots by the top bits of their keys.
///
/// Layout, version 3: runs, then the offset of each run (uint64), then a trailer of 28 bytes:
/// signatures in all (uint64), runs (uint32), slots (uint32), magic `CUVEESIG`, version
/// (uint32). A run holds at most 2^19 signatures (16 MiB), so that memory is bounded however many a
/// part gives: where each slot begins among the run's entries, and their number (slots + 1 of
/// uint32), then the entries by slot, each in the order it came: key high and low (uint64),
/// document and piece (uint32), rank (uint64). The bytes depend on the signatures only, not on the
/// batches they came in.
public struct SignatureFileWriter: ~Copyable {
  /// The bytes of one signature on disk.
  public static let entryBytes = 32
  /// The bytes of the trailer.
  static let trailerBytes = 28
  /// The signatures of a full run.
  public static let runCapacity = 1 << 19

  private var file: OutputFile
  private let capacity: Int
  private var pending: [Signature] = []
  private var runOffsets: [UInt64] = []
  private var written: UInt64 = 0
  /// The signatures written of each slot.
  public private(set) var counts = [UInt64](repeating: 0, count: SignatureSlots.count)

  /// Creates the file.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - runCapacity: The signatures held in memory before a run is written; smaller in tests.
  /// - Throws: `CuveeError.io` when the file cannot be created.
  public init(
    path: String, runCapacity: Int = SignatureFileWriter.runCapacity
  ) throws(CuveeError) {
    precondition(runCapacity > 0 && runCapacity <= Int(UInt32.max), "a run has room")
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
    bytes.appendLittleEndian(UInt32(SignatureSlots.count))
    BarrierFile.signatures.appendIdentity(to: &bytes)
    try file.write(bytes.span)
    try file.finish()
    return written
  }

  private mutating func writeRun() throws(CuveeError) {
    runOffsets.append(file.bytesWritten)
    written += UInt64(pending.count)
    // Counting sort by slot, which keeps the order inside a slot.
    let slots = SignatureSlots.count
    var begins = [UInt32](repeating: 0, count: slots + 1)
    for signature in pending { begins[SignatureSlots.slot(of: signature.key) + 1] += 1 }
    for slot in 0..<slots {
      counts[slot] += UInt64(begins[slot + 1])
      begins[slot + 1] += begins[slot]
    }
    var order = [UInt32](repeating: 0, count: pending.count)
    var next = begins
    for (index, signature) in pending.enumerated() {
      let slot = SignatureSlots.slot(of: signature.key)
      order[Int(next[slot])] = UInt32(index)
      next[slot] += 1
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
