import Bytes
import Streams

/// Documents of a range of keys, on disk between the two passes of the shuffle.
///
/// Each document is its key u64, ordinal u64 and token bytes u32, little-endian, then its tokens.
enum ShuffleCell {
  static let headerSize = 20

  /// Reads a cell into memory.
  static func read(_ path: String) throws(CuveeError) -> DocumentPile {
    let bytes = try FileSystem.readFile(path)
    var documents: [ShuffleDocument] = []
    var starts: [Int] = []
    var offset = 0
    while offset < bytes.count {
      guard bytes.count - offset >= headerSize else {
        throw .failed("\(path): a cell of the shuffle was cut short")
      }
      let count = Int(bytes.loadLittleEndian(UInt32.self, at: offset + 16))
      documents.append(
        ShuffleDocument(
          key: bytes.loadLittleEndian(UInt64.self, at: offset),
          ordinal: bytes.loadLittleEndian(UInt64.self, at: offset + 8), bytes: UInt32(count)))
      guard count <= bytes.count - offset - headerSize else {
        throw .failed("\(path): a cell of the shuffle was cut short")
      }
      starts.append(offset + headerSize)
      offset += headerSize + count
    }
    return DocumentPile(in: bytes, documents: documents, starts: starts)
  }
}

/// Writes the cells of a source: document to cell by the high bits of its key.
struct ShuffleCellWriter: ~Copyable {
  private static let bufferBytes = 64 << 10

  private let bits: Int
  private let paths: [String]
  private var buffers: [[UInt8]]
  private var used: [Bool]

  init(folder: String, bits: Int) {
    self.bits = bits
    paths = (0..<(1 << bits)).map { "\(folder)/cell-\($0)" }
    buffers = Array(repeating: [], count: 1 << bits)
    used = Array(repeating: false, count: 1 << bits)
  }

  mutating func append(_ document: ShuffleDocument, tokens: Span<UInt8>) throws(CuveeError) {
    let cell = Int(truncatingIfNeeded: document.key >> UInt64(64 - bits))
    used[cell] = true
    buffers[cell].appendLittleEndian(document.key)
    buffers[cell].appendLittleEndian(document.ordinal)
    buffers[cell].appendLittleEndian(UInt32(tokens.count))
    buffers[cell].append(tokens)
    if buffers[cell].count >= Self.bufferBytes { try flush(cell) }
  }

  consuming func finish() throws(CuveeError) -> [String] {
    var written: [String] = []
    for cell in paths.indices {
      try flush(cell)
      if used[cell] { written.append(paths[cell]) }
    }
    return written
  }

  private mutating func flush(_ cell: Int) throws(CuveeError) {
    guard !buffers[cell].isEmpty else { return }
    let bytes = buffers[cell]
    try AppendFile.append(bytes.span, to: paths[cell])
    buffers[cell] = []
  }
}
