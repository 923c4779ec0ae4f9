import Bytes
import Streams

/// The files of a source's rows of one epoch, in their final order.
///
/// `rows.bin` is the stream of all tokens in shuffled order: row r is the tokens from `r * L` to
/// `(r + 1) * L`. `documents.bin` holds for each document, in shuffled order, the end of its tokens
/// in that stream and its ordinal in the source (u64 each, little-endian). What follows only reads
/// forward.
public enum ShuffledRows {
  /// The tokens.
  public static let rowsFile = "rows.bin"
  /// The documents.
  public static let documentsFile = "documents.bin"
  /// The bytes of a document's entry.
  static let entrySize = 16
}

/// Writes a source's rows of one epoch.
public struct ShuffledRowsWriter: ~Copyable {
  private let width: Int
  private var rowsFile: OutputFile
  private var documentsFile: OutputFile
  /// Tokens written so far.
  public private(set) var tokens: UInt64 = 0
  /// Documents written so far.
  public private(set) var documents: UInt64 = 0

  /// Creates the files.
  ///
  /// - Parameters:
  ///   - folder: An existing folder.
  ///   - width: The bytes of a token, 2 or 4.
  /// - Throws: `io` when a file cannot be made.
  public init(folder: String, width: Int) throws(CuveeError) {
    let rowsFile = try OutputFile(path: folder + "/" + ShuffledRows.rowsFile)
    let documentsFile = try OutputFile(path: folder + "/" + ShuffledRows.documentsFile)
    self.rowsFile = rowsFile
    self.documentsFile = documentsFile
    self.width = width
  }

  /// Appends the next document in shuffled order.
  ///
  /// - Parameters:
  ///   - ordinal: Its ordinal in the source.
  ///   - tokens: Its tokens as bytes.
  /// - Throws: `io` when a write fails.
  public mutating func append(ordinal: UInt64, tokens: Span<UInt8>) throws(CuveeError) {
    self.tokens += UInt64(tokens.count / width)
    documents += 1
    var entry: [UInt8] = []
    entry.appendLittleEndian(self.tokens)
    entry.appendLittleEndian(ordinal)
    try rowsFile.write(tokens)
    try documentsFile.write(entry.span)
  }

  /// Closes the files.
  ///
  /// - Throws: `io` when a write fails.
  public mutating func finish() throws(CuveeError) {
    try rowsFile.finish()
    try documentsFile.finish()
  }
}

/// A stretch of one document in a row, before it is known by its source.
public struct RowPiece: Sendable, Equatable {
  /// The document's ordinal in the source.
  public var document: UInt64
  /// The first token in the document.
  public var offsetInDocument: UInt32
  /// The first token in the row.
  public var offsetInRow: UInt32
  /// The number of tokens.
  public var length: UInt32
}

/// Reads a source's rows of one epoch forward from any row, with read-ahead.
public struct ShuffledRowsReader: ~Copyable {
  private static let documentsAhead = 512

  private let rowBytes: Int
  private let rowLength: UInt64
  private let rowsFile: RandomAccessFile
  private let documentsFile: RandomAccessFile
  private let rowsAhead: Int
  private var buffer: [UInt8] = []
  private var bufferFirstRow = 0
  private var bufferRows = 0
  // The entries that have been read: ends of documents, and their ordinals.
  private var ends: [UInt64] = []
  private var ordinals: [UInt64] = []
  private var entriesRead = 0
  private var entry = 0
  // Where the entry before `entry` ends.
  private var previousEnd: UInt64 = 0
  private var positioned = false

  /// Opens the rows of an epoch.
  ///
  /// - Parameters:
  ///   - folder: Where `ShuffledRowsWriter` wrote them.
  ///   - width: The bytes of a token.
  ///   - rowLength: The tokens of a row.
  ///   - rowsAhead: The rows that are read at once.
  /// - Throws: `io` when a file cannot be opened.
  public init(
    folder: String, width: Int, rowLength: Int, rowsAhead: Int
  ) throws(CuveeError) {
    let rowsFile = try RandomAccessFile(path: folder + "/" + ShuffledRows.rowsFile)
    let documentsFile = try RandomAccessFile(path: folder + "/" + ShuffledRows.documentsFile)
    self.rowsFile = rowsFile
    self.documentsFile = documentsFile
    rowBytes = width * rowLength
    self.rowLength = UInt64(rowLength)
    self.rowsAhead = max(1, rowsAhead)
  }

  /// The whole rows.
  public var rows: Int { Int(rowsFile.size) / rowBytes }

  /// Reads a row: its tokens as bytes, and its pieces. Rows must be asked for in rising order
  /// after the first.
  ///
  /// - Parameters:
  ///   - row: The row in the epoch.
  ///   - tokens: Replaced by the row's tokens.
  ///   - pieces: Replaced by the row's pieces, which tile it.
  /// - Throws: `io` when reading fails, `failed` when the files do not fit together.
  public mutating func read(
    _ row: Int, tokens: inout [UInt8], pieces: inout [RowPiece]
  ) throws(CuveeError) {
    if row < bufferFirstRow || row >= bufferFirstRow + bufferRows {
      buffer.removeAll(keepingCapacity: true)
      bufferFirstRow = row
      bufferRows = min(rowsAhead, rows - row)
      try rowsFile.read(
        at: UInt64(row * rowBytes), count: bufferRows * rowBytes, appendingTo: &buffer)
    }
    let start = (row - bufferFirstRow) * rowBytes
    tokens.removeAll(keepingCapacity: true)
    tokens.append(buffer.span, from: start, to: start + rowBytes)
    try readPieces(from: UInt64(row) * rowLength, into: &pieces)
  }

  private mutating func readPieces(
    from start: UInt64, into pieces: inout [RowPiece]
  ) throws(CuveeError) {
    pieces.removeAll(keepingCapacity: true)
    if !positioned { try position(at: start) }
    let end = start + rowLength
    var offset = start
    while offset < end {
      if entry == ends.count { try readEntries() }
      let documentEnd = ends[entry]
      guard documentEnd >= previousEnd, documentEnd - previousEnd <= UInt64(UInt32.max) else {
        throw .failed("the documents of shuffled rows do not follow one another")
      }
      if documentEnd > offset {
        let length = min(documentEnd, end) - offset
        pieces.append(
          RowPiece(
            document: ordinals[entry], offsetInDocument: UInt32(offset - previousEnd),
            offsetInRow: UInt32(offset - start), length: UInt32(length)))
        offset += length
      }
      if documentEnd <= end {
        previousEnd = documentEnd
        entry += 1
      }
    }
  }

  private mutating func readEntries() throws(CuveeError) {
    let total = Int(documentsFile.size) / ShuffledRows.entrySize
    let count = min(Self.documentsAhead, total - entriesRead)
    guard count > 0 else { throw .failed("shuffled rows hold more tokens than documents") }
    var bytes: [UInt8] = []
    try documentsFile.read(
      at: UInt64(entriesRead * ShuffledRows.entrySize), count: count * ShuffledRows.entrySize,
      appendingTo: &bytes)
    ends.removeAll(keepingCapacity: true)
    ordinals.removeAll(keepingCapacity: true)
    for index in 0..<count {
      let offset = index * ShuffledRows.entrySize
      ends.append(bytes.loadLittleEndian(UInt64.self, at: offset))
      ordinals.append(bytes.loadLittleEndian(UInt64.self, at: offset + 8))
    }
    entriesRead += count
    entry = 0
  }

  /// Goes to the first document that ends after a token.
  private mutating func position(at offset: UInt64) throws(CuveeError) {
    positioned = true
    var low = 0
    var high = Int(documentsFile.size) / ShuffledRows.entrySize
    while low < high {
      let middle = (low + high) / 2
      if try end(of: middle) <= offset { low = middle + 1 } else { high = middle }
    }
    entriesRead = low
    previousEnd = low == 0 ? 0 : try end(of: low - 1)
  }

  private func end(of index: Int) throws(CuveeError) -> UInt64 {
    var bytes: [UInt8] = []
    try documentsFile.read(
      at: UInt64(index * ShuffledRows.entrySize), count: 8, appendingTo: &bytes)
    return bytes.loadLittleEndian(UInt64.self, at: 0)
  }
}

/// The documents of a source that rows of one epoch hold.
public enum ShuffledDocuments {
  /// Calls a body with the ordinal of every document that has a token in the first rows.
  ///
  /// - Parameters:
  ///   - folder: Where `ShuffledRowsWriter` wrote the rows.
  ///   - tokens: The tokens of the rows that are used, from the start.
  ///   - body: Takes the ordinals in shuffled order.
  /// - Throws: `io` when reading fails.
  public static func forEach(
    folder: String, upTo tokens: UInt64, _ body: (UInt64) -> Void
  ) throws(CuveeError) {
    let file = try RandomAccessFile(path: folder + "/" + ShuffledRows.documentsFile)
    var bytes: [UInt8] = []
    var offset: UInt64 = 0
    var previousEnd: UInt64 = 0
    while offset < file.size && previousEnd < tokens {
      bytes.removeAll(keepingCapacity: true)
      let count = Int(min(64 << 10, file.size - offset))
      try file.read(at: offset, count: count, appendingTo: &bytes)
      for start in stride(from: 0, to: count, by: ShuffledRows.entrySize) {
        if previousEnd >= tokens { return }
        let end = bytes.loadLittleEndian(UInt64.self, at: start)
        if end > previousEnd { body(bytes.loadLittleEndian(UInt64.self, at: start + 8)) }
        previousEnd = end
      }
      offset += UInt64(count)
    }
  }
}
