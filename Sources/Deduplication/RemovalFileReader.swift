import Bytes
import Streams

/// Reads a part's slice of one bucket's removals (see `RemovalFileWriter` for the layout).
public struct RemovalFileReader: ~Copyable, Sendable {
  private let file: RandomAccessFile
  private let path: String
  /// The number of parts.
  public let parts: Int

  /// Opens a file and checks its header.
  ///
  /// - Throws: `CuveeError.missingInput` when it cannot be opened, `CuveeError.badData` when it
  ///   is not a whole removal file.
  public init(path: String) throws(CuveeError) {
    let format = BarrierFile.removals
    let file = try RandomAccessFile(path: path)
    let headerBytes = RemovalFileWriter.headerBytes
    guard file.size >= UInt64(headerBytes) else { throw format.damaged(path) }
    var bytes: [UInt8] = []
    try file.read(at: 0, count: headerBytes, appendingTo: &bytes)
    try format.checkIdentity(bytes, at: 0, path: path)
    let parts = Int(bytes.loadLittleEndian(UInt32.self, at: BarrierFile.identityBytes))
    let entries = UInt64(headerBytes) + UInt64(parts + 1) * 8
    guard file.size >= entries else { throw format.damaged(path) }
    bytes.removeAll()
    try file.read(at: entries - 8, count: 8, appendingTo: &bytes)
    let count = bytes.loadLittleEndian(UInt64.self, at: 0)
    let (size, overflow) = count.multipliedReportingOverflow(
      by: UInt64(RemovalFileWriter.entryBytes))
    guard !overflow, file.size - entries == size else { throw format.damaged(path) }
    self.parts = parts
    self.path = path
    self.file = file
  }

  /// Appends the removals of a part, by document and piece.
  ///
  /// - Parameters:
  ///   - part: The part's rank, below `parts`.
  ///   - removals: The removals are appended here.
  /// - Throws: `CuveeError.badData` when the file contradicts itself, `CuveeError.io` when it
  ///   cannot be read.
  public func read(part: Int, into removals: inout [Removal]) throws(CuveeError) {
    precondition(part >= 0 && part < parts, "the file has that part")
    let entryBytes = RemovalFileWriter.entryBytes
    let table = UInt64(RemovalFileWriter.headerBytes)
    let entries = table + UInt64(parts + 1) * 8
    var bytes: [UInt8] = []
    try file.read(at: table + UInt64(part) * 8, count: 16, appendingTo: &bytes)
    let first = bytes.loadLittleEndian(UInt64.self, at: 0)
    let last = bytes.loadLittleEndian(UInt64.self, at: 8)
    guard first <= last, last <= (file.size - entries) / UInt64(entryBytes) else {
      throw BarrierFile.removals.damaged(path)
    }
    bytes.removeAll(keepingCapacity: true)
    let size = Int(last - first) * entryBytes
    try file.read(at: entries + first * UInt64(entryBytes), count: size, appendingTo: &bytes)
    for offset in stride(from: 0, to: size, by: entryBytes) {
      removals.append(RemovalFileWriter.removal(in: bytes, at: offset))
    }
  }
}
