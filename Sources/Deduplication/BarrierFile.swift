import Bytes
import Streams

/// What the files between a barrier's stages have in common: a magic, a version, and errors that
/// say which file is not what it should be.
///
/// All integers are little-endian and all entries of fixed width.
struct BarrierFile {
  /// Eight ASCII bytes.
  let magic: String
  /// The version of the layout.
  let version: UInt32
  /// What the file is, for messages, as in `signature file`.
  let noun: String

  /// Keys of a part, by slot.
  static let signatures = BarrierFile(magic: "CUVEESIG", version: 3, noun: "signature file")
  /// Removals of a bucket, by part.
  static let removals = BarrierFile(magic: "CUVEERMV", version: 2, noun: "removal file")
  /// Removals of a part.
  static let marks = BarrierFile(magic: "CUVEEMRK", version: 1, noun: "marks file")

  /// The bytes of magic and version.
  static let identityBytes = 12

  /// Appends magic and version.
  func appendIdentity(to bytes: inout [UInt8]) {
    bytes += Array(magic.utf8)
    bytes.appendLittleEndian(version)
  }

  /// Holds bytes against magic and version.
  func checkIdentity(_ bytes: [UInt8], at offset: Int, path: String) throws(CuveeError) {
    guard bytes[offset..<offset + 8].elementsEqual(magic.utf8) else { throw damaged(path) }
    guard bytes.loadLittleEndian(UInt32.self, at: offset + 8) == version else {
      throw .badData(
        "\(path): is a \(noun) of another version; remove it from the cache and run again")
    }
  }

  /// The error for a file that cannot be what it should be.
  func damaged(_ path: String) -> CuveeError {
    .badData("\(path): is not a whole \(noun); remove it from the cache and run again")
  }
}
