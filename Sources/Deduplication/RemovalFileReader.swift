import Bytes
import Streams

/// Reads a part's slice of one bucket's removals (see `RemovalFileWriter` for the layout).
public struct RemovalFileReader: ~Copyable, Sendable {
  private let file: RandomAccessFile
  private let path: String
  /// Where the table begins.
  private let table: UInt64
  /// The number of parts.
  public let parts: Int

  /// Opens a file and checks its trailer.
  ///
  /// - Throws: `CuveeError.missingInput` when it cannot be opened, `CuveeError.badData` when it
  ///   is not a whole removal file.
  public init(path: String) throws(CuveeError) {
    let format = BarrierFile.removals
    let file = try RandomAccessFile(path: path)
    let trailerBytes = UInt64(RemovalFileWriter.trailerBytes)
    guard file.size >= trailerBytes + 8 else { throw format.damaged(path) }
    var bytes: [UInt8] = []
    let trailer = file.size - trailerBytes
    try file.read(at: trailer, count: Int(trailerBytes), appendingTo: &bytes)
    try format.checkIdentity(bytes, at: 4, path: path)
    let parts = Int(bytes.loadLittleEndian(UInt32.self, at: 0))
    let tableBytes = UInt64(parts + 1) * 8
    guard trailer >= tableBytes else { throw format.damaged(path) }
    let table = trailer - tableBytes
    bytes.removeAll()
    try file.read(at: trailer - 8, count: 8, appendingTo: &bytes)
    let count = bytes.loadLittleEndian(UInt64.self, at: 0)
    let (size, overflow) = count.multipliedReportingOverflow(
      by: UInt64(RemovalFileWriter.entryBytes))
    guard !overflow, table == size else { throw format.damaged(path) }
    self.table = table
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
    var bytes: [UInt8] = []
    try file.read(at: table + UInt64(part) * 8, count: 16, appendingTo: &bytes)
    let first = bytes.loadLittleEndian(UInt64.self, at: 0)
    let last = bytes.loadLittleEndian(UInt64.self, at: 8)
    guard first <= last, last <= table / UInt64(entryBytes) else {
      throw BarrierFile.removals.damaged(path)
    }
    bytes.removeAll(keepingCapacity: true)
    let size = Int(last - first) * entryBytes
    try file.read(at: first * UInt64(entryBytes), count: size, appendingTo: &bytes)
    for offset in stride(from: 0, to: size, by: entryBytes) {
      removals.append(RemovalFileWriter.removal(in: bytes, at: offset))
    }
  }
}
