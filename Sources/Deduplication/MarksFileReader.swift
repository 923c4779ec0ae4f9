import Bytes
import Documents
import Streams

/// Reads what goes from one part, forward beside its documents (see `MarksFileWriter` for the
/// layout). It holds a few thousand removals at a time.
public struct MarksFileReader: ~Copyable, Sendable {
  private static let chunkEntries = 4096

  private let file: RandomAccessFile
  private let path: String
  private var bytes: [UInt8]
  private var offset: Int
  private var entriesRead: UInt64
  /// The number of removals.
  public let count: UInt64
  /// The digest of what goes, whatever stays for it.
  public let digest: Digest

  /// Opens a file and checks its header.
  ///
  /// - Throws: `CuveeError.missingInput` when it cannot be opened, `CuveeError.badData` when it
  ///   is not a whole marks file.
  public init(path: String) throws(CuveeError) {
    let format = BarrierFile.marks
    let file = try RandomAccessFile(path: path)
    let headerBytes = MarksFileWriter.headerBytes
    guard file.size >= UInt64(headerBytes) else { throw format.damaged(path) }
    var header: [UInt8] = []
    try file.read(at: 0, count: headerBytes, appendingTo: &header)
    try format.checkIdentity(header, at: 0, path: path)
    let count = header.loadLittleEndian(UInt64.self, at: BarrierFile.identityBytes + 4)
    let hex = String(decoding: header.suffix(64), as: UTF8.self)
    let (size, overflow) = count.multipliedReportingOverflow(
      by: UInt64(RemovalFileWriter.entryBytes))
    guard !overflow, file.size - UInt64(headerBytes) == size, let digest = Digest(hex: hex) else {
      throw format.damaged(path)
    }
    self.count = count
    self.digest = digest
    (bytes, offset, entriesRead) = ([], 0, 0)
    self.path = path
    self.file = file
  }

  /// The next removal by document and piece, or nil after the last.
  ///
  /// - Throws: `CuveeError.io` when the file cannot be read.
  public mutating func next() throws(CuveeError) -> Removal? {
    guard let removal = try peek() else { return nil }
    offset += RemovalFileWriter.entryBytes
    return removal
  }

  /// Drops the documents of a batch that go whole; documents dropped before keep their verdict.
  ///
  /// - Parameters:
  ///   - batch: Documents of the part, in their order: batches follow one another.
  ///   - firstDocument: The ordinal, in the part, of the batch's first document.
  ///   - reason: The index of the barrier's reason among the source's reasons.
  /// - Throws: `CuveeError.io` when the file cannot be read, `CuveeError.badData` when it names a
  ///   document before the batch, so that it is not the file of these documents.
  public mutating func mark(
    _ batch: inout DocumentBatch, firstDocument: UInt32, reason: UInt16
  ) throws(CuveeError) {
    while let removal = try peek() {
      guard removal.document >= firstDocument else { throw BarrierFile.marks.damaged(path) }
      let index = Int(removal.document - firstDocument)
      guard index < batch.count else { return }
      if batch.verdicts[index] == .keep { batch.verdicts[index] = .drop(reason: reason) }
      offset += RemovalFileWriter.entryBytes
    }
  }

  private mutating func peek() throws(CuveeError) -> Removal? {
    let entryBytes = RemovalFileWriter.entryBytes
    if offset == bytes.count {
      let entries = min(count - entriesRead, UInt64(Self.chunkEntries))
      guard entries > 0 else { return nil }
      bytes.removeAll(keepingCapacity: true)
      offset = 0
      try file.read(
        at: UInt64(MarksFileWriter.headerBytes) + entriesRead * UInt64(entryBytes),
        count: Int(entries) * entryBytes, appendingTo: &bytes)
      entriesRead += entries
    }
    return RemovalFileWriter.removal(in: bytes, at: offset)
  }
}
