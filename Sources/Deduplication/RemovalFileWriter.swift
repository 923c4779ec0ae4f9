import Bytes
import Streams

/// Writes the removals of one bucket, grouped by part.
///
/// Layout, version 1: magic `CUVEERMV`, version, parts (uint32 each); where each part begins
/// among the entries, and their number (parts + 1 of uint64); then the entries by part, document
/// and piece: document, piece, kept part, kept document (uint32 each).
public enum RemovalFileWriter {
  /// The bytes before the table.
  static let headerBytes = BarrierFile.identityBytes + 4
  /// The bytes of one removal on disk.
  static let entryBytes = 16

  /// Writes a file.
  ///
  /// - Parameters:
  ///   - removals: The removals of a resolved bucket.
  ///   - parts: The number of parts; every removal's part is below it.
  ///   - path: The file's path.
  /// - Throws: `CuveeError.io` when the file cannot be written.
  public static func write(
    _ removals: BucketRemovals, parts: Int, to path: String
  ) throws(CuveeError) {
    var file = try OutputFile(path: path)
    var begins = [UInt64](repeating: 0, count: parts + 1)
    for entry in removals.entries { begins[Int(entry.part) + 1] += 1 }
    for part in 0..<parts { begins[part + 1] += begins[part] }
    var bytes: [UInt8] = []
    BarrierFile.removals.appendIdentity(to: &bytes)
    bytes.appendLittleEndian(UInt32(parts))
    for begin in begins { bytes.appendLittleEndian(begin) }
    for entry in removals.entries {
      append(entry.removal, to: &bytes)
      if bytes.count >= 1 << 16 {
        try file.write(bytes.span)
        bytes.removeAll(keepingCapacity: true)
      }
    }
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
