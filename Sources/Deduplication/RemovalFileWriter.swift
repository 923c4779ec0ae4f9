import Bytes
import Streams

/// Writes the removals of one bucket, part after part; it holds those of one part at a time.
///
/// Layout, version 2: the entries by part, document and piece: document, piece, kept part, kept
/// document (uint32 each); where each part begins among them, and their number (parts + 1 of
/// uint64); then a trailer of 16 bytes: parts (uint32), magic `CUVEERMV`, version (uint32).
public struct RemovalFileWriter: ~Copyable {
  /// The bytes of the trailer.
  static let trailerBytes = BarrierFile.identityBytes + 4
  /// The bytes of one removal on disk.
  static let entryBytes = 16

  private var file: OutputFile
  private var begins: [UInt64] = [0]

  /// The number of removals so far.
  public var count: UInt64 { begins[begins.count - 1] }

  /// Creates the file.
  ///
  /// - Throws: `CuveeError.io` when it cannot be created.
  public init(path: String) throws(CuveeError) { file = try OutputFile(path: path) }

  /// Adds the removals of the next part, in any order. O(n log n).
  ///
  /// - Throws: `CuveeError.io` when they cannot be written.
  public mutating func append(_ removals: [Removal]) throws(CuveeError) {
    var bytes: [UInt8] = []
    for removal in removals.sorted() {
      Self.append(removal, to: &bytes)
      if bytes.count >= 1 << 16 {
        try file.write(bytes.span)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try file.write(bytes.span)
    begins.append(count + UInt64(removals.count))
  }

  /// Writes the table and the trailer, and closes the file.
  ///
  /// - Throws: `CuveeError.io` when the file cannot be written.
  public mutating func finish() throws(CuveeError) {
    var bytes: [UInt8] = []
    for begin in begins { bytes.appendLittleEndian(begin) }
    bytes.appendLittleEndian(UInt32(begins.count - 1))
    BarrierFile.removals.appendIdentity(to: &bytes)
    try file.write(bytes.span)
    try file.finish()
  }

  /// Appends the entry of a removal.
  static func append(_ removal: Removal, to bytes: inout [UInt8]) {
    bytes.appendLittleEndian(removal.document)
    bytes.appendLittleEndian(removal.piece)
    bytes.appendLittleEndian(removal.kept.part)
    bytes.appendLittleEndian(removal.kept.document)
  }

  /// The removal whose entry begins at an offset.
  static func removal(in bytes: [UInt8], at offset: Int) -> Removal {
    Removal(
      document: bytes.loadLittleEndian(UInt32.self, at: offset),
      piece: bytes.loadLittleEndian(UInt32.self, at: offset + 4),
      kept: DocumentPlace(
        part: bytes.loadLittleEndian(UInt32.self, at: offset + 8),
        document: bytes.loadLittleEndian(UInt32.self, at: offset + 12)))
  }
}
