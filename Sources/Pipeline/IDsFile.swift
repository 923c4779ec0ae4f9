import Bytes
import Streams

/// `ids.npy` and `ids.offsets.npy`: one flat uint32 array of ids, and the n+1 places (int64) where
/// documents begin and end. NumPy's format 1.0: magic, version, header length, a Python literal
/// padded to 64 bytes, the bare array.
struct IDsFile: ~Copyable {
  private static let headerBytes = 128

  /// The ids without their header: it is known at the end, when the count is.
  private var ids: ScratchFile
  private var file: NewFile
  private var offsetsFile: NewFile
  private var offsets: [UInt8] = []
  private var count: UInt64 = 0
  private var documents: UInt64 = 0

  /// Creates the files.
  ///
  /// - Parameters:
  ///   - file: The file of the ids.
  ///   - offsetsFile: The file of the offsets.
  ///   - folder: Where the ids lie until their number is known.
  /// - Throws: `io` when the folder cannot be written to.
  init(
    _ file: consuming NewFile, offsets offsetsFile: consuming NewFile, scratch folder: String
  ) throws(CuveeError) {
    self.file = file
    self.offsetsFile = offsetsFile
    ids = try ScratchFile(in: folder)
    offsets.appendLittleEndian(UInt64(0))
  }

  mutating func append(ids batch: EncodedTexts.IDs, ends: [Int]) throws(CuveeError) {
    switch batch {
    case .inMemory(let batch):
      var bytes: [UInt8] = []
      bytes.appendLittleEndian(batch.span, width: 4)
      try ids.write(bytes.span)
    case .inFile(let file):
      try file.forEachPiece { (piece) throws(CuveeError) in try ids.write(piece) }
    case .counted: break
    }
    for end in ends { offsets.appendLittleEndian(count + UInt64(end)) }
    count += UInt64(ends.last ?? 0)
    documents += UInt64(ends.count)
  }

  mutating func finish() throws(CuveeError) {
    let header = Self.header(type: "<u4", count: count)
    try file.write(header.span)
    let bytes = try ids.reopen()
    try bytes.forEachPiece { (piece, _) throws(CuveeError) in try file.write(piece) }
    try file.finish()
    let table = Self.header(type: "<i8", count: documents + 1) + offsets
    try offsetsFile.write(table.span)
    try offsetsFile.finish()
  }

  private static func header(type: String, count: UInt64) -> [UInt8] {
    let literal = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(count),), }"
    var header: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    header.appendLittleEndian(UInt16(headerBytes - 10))
    header += Array(literal.utf8)
    header += Array(repeating: 0x20, count: headerBytes - 1 - header.count)
    return header + [0x0A]
  }
}
