import Bytes
import Streams

/// What a finished unit of work says of itself: `receipt.json` beside its files.
///
/// The first line is the receipt as JSON, the second the XXH3 of the first, so that a receipt that
/// was damaged on the disk is known and never believed.
struct Receipt<Facts: Codable>: Codable {
  var stage: Stage
  var key: Digest
  var label: String
  var toolVersion: String
  var files: [ReceiptFile]
  var facts: Facts
}

/// A receipt without its facts: what checking and listing need.
struct ReceiptHead: Decodable {
  var stage: Stage
  var key: Digest
  var label: String
  var files: [ReceiptFile]
}

/// One file of a result.
struct ReceiptFile: Codable, Equatable, Sendable {
  /// The name in the unit's folder.
  var name: String
  /// The size in bytes.
  var bytes: UInt64
  /// XXH3 (64 bits) of the bytes, 16 hexadecimal digits.
  var xxh3: String

  init(name: String, bytes: UInt64, xxh3: String) {
    self.name = name
    self.bytes = bytes
    self.xxh3 = xxh3
  }

  /// The size and XXH3 of a file as it lies on the disk.
  ///
  /// - Throws: `missingInput` or `io` when it cannot be read.
  init(name: String, in folder: String) throws(CuveeError) {
    let file = try RandomAccessFile(path: folder + "/" + name)
    var hasher = XXH3Hasher()
    try file.forEachPiece { (piece, _) throws(CuveeError) in hasher.update(piece) }
    self.init(name: name, bytes: file.size, xxh3: Hexadecimal.string(hasher.value))
  }
}

/// Reads and writes receipts.
enum ReceiptStore {
  /// The name of a unit's receipt in its folder.
  static let fileName = "receipt.json"

  /// Writes the receipt of a unit, whole or not at all.
  static func write(_ receipt: some Encodable, to folder: String) throws(CuveeError) {
    var bytes = try JSONFile.encode(receipt)
    bytes += Array(Hexadecimal.string(StableHash.xxh3(bytes.span)).utf8) + [0x0A]
    try AtomicFile.write(bytes.span, to: folder + "/" + fileName)
  }

  /// Reads the receipt of a unit.
  ///
  /// - Returns: The receipt; nil when it is damaged.
  /// - Throws: `missingInput` or `io` when it cannot be read.
  static func read<Value: Decodable>(
    _ type: Value.Type, from folder: String
  ) throws(CuveeError) -> Value? {
    let bytes = try FileSystem.readFile(folder + "/" + fileName)
    // 16 digits of the hash and their line feed.
    let end = bytes.count - 17
    guard end > 0, bytes[end - 1] == 0x0A, bytes.last == 0x0A else { return nil }
    let hash = Hexadecimal.string(StableHash.xxh3(bytes.span.extracting(0..<end)))
    guard bytes[end..<end + 16].elementsEqual(hash.utf8) else { return nil }
    return JSONFile.decode(Array(bytes[..<end]))
  }
}
