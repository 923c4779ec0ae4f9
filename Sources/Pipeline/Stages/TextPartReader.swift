import Bytes
import Documents
import Streams

/// A frame of a text part on its way to a worker.
// Invariant: one thread after another uses it: the reader's, then a worker's.
final class TextFrame: @unchecked Sendable {
  /// The bytes as they are stored, until they are decoded.
  private var bytes: [UInt8]
  let coding: TextPartFile.Coding
  /// The bytes that these stand for.
  let rawBytes: Int
  /// The ordinal, in the text part, of the frame's first document.
  let firstDocument: UInt32
  /// The number of its documents.
  let documents: UInt32

  init(
    _ bytes: [UInt8], coding: TextPartFile.Coding, rawBytes: Int, firstDocument: UInt32,
    documents: UInt32
  ) {
    self.bytes = bytes
    self.coding = coding
    self.rawBytes = rawBytes
    self.firstDocument = firstDocument
    self.documents = documents
  }

  /// Gives the bytes away: a huge document would otherwise be in memory twice while it is worked on.
  fileprivate func giveBytesAway() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }
}

/// Reads a text part frame by frame.
// Invariant: `next` is called by one thread at a time (OrderedExecutor).
final class TextPartReader: @unchecked Sendable {
  private let file: RandomAccessFile
  private let path: String
  private let frameDocuments: [UInt32]
  private var offset = UInt64(TextPartFile.headerBytes)
  private var frame = 0
  private var document: UInt32 = 0

  init(_ part: TextPart, cache: StageCache) throws(CuveeError) {
    path = try part.path(in: cache)
    file = try RandomAccessFile(path: path)
    frameDocuments = part.facts.frameDocuments
    var header: [UInt8] = []
    try file.read(at: 0, count: TextPartFile.headerBytes, appendingTo: &header)
    guard header.starts(with: TextPartFile.magic),
      header.loadLittleEndian(UInt32.self, at: TextPartFile.magic.count) == TextPartFile.version
    else { throw Self.damaged(path) }
  }

  /// The next frame that ends behind a document; nil after the last. Frames before it are not read.
  func next(containing wanted: UInt32) throws(CuveeError) -> TextFrame? {
    while frame < frameDocuments.count, document + frameDocuments[frame] <= wanted {
      var header: [UInt8] = []
      try file.read(at: offset, count: TextPartFile.frameHeaderBytes, appendingTo: &header)
      offset += UInt64(TextPartFile.frameHeaderBytes)
      offset += UInt64(header.loadLittleEndian(UInt32.self, at: 0))
      document += frameDocuments[frame]
      frame += 1
    }
    return try next()
  }

  /// The next frame; nil after the last.
  func next() throws(CuveeError) -> TextFrame? {
    guard frame < frameDocuments.count else { return nil }
    var header: [UInt8] = []
    try file.read(at: offset, count: TextPartFile.frameHeaderBytes, appendingTo: &header)
    let documents = header.loadLittleEndian(UInt32.self, at: 8)
    guard documents == frameDocuments[frame],
      let coding = TextPartFile.Coding(rawValue: header.loadLittleEndian(UInt32.self, at: 12))
    else { throw Self.damaged(path) }
    let count = Int(header.loadLittleEndian(UInt32.self, at: 0))
    offset += UInt64(TextPartFile.frameHeaderBytes)
    var bytes: [UInt8] = []
    try file.read(at: offset, count: count, appendingTo: &bytes)
    offset += UInt64(count)
    defer {
      document += documents
      frame += 1
    }
    return TextFrame(
      bytes, coding: coding, rawBytes: Int(header.loadLittleEndian(UInt32.self, at: 4)),
      firstDocument: document, documents: documents)
  }

  static func damaged(_ path: String) -> CuveeError {
    .failed("\(path): is not stored text; run `cuvee cache verify --repair`, then build again")
  }
}

/// Turns frames of stored text back into documents; one a worker.
final class TextFrameDecoder {
  private var decompressor = ZstdDecompressor()
  private var raw: [UInt8] = []
  /// The documents of the frame that was decoded last.
  var documents = DocumentBatch()

  /// Decodes a frame into `documents`. It is decoded once: its bytes are let go.
  func decode(_ frame: TextFrame) throws(CuveeError) {
    let bytes = frame.giveBytesAway()
    switch frame.coding {
    case .plain: try StoredBatch.read(bytes.span, into: &documents)
    case .zstd:
      // The buffer is a local while spans of it are about.
      var raw: [UInt8] = []
      swap(&raw, &self.raw)
      defer { if raw.capacity <= EncodedTexts.hugeText { swap(&raw, &self.raw) } }
      raw.removeAll(keepingCapacity: true)
      try decompressor.appendContent(of: bytes.span, to: &raw)
      try StoredBatch.read(raw.span, into: &documents)
    }
    guard documents.count == Int(frame.documents) else {
      throw .failed(
        "a frame of stored text holds \(documents.count) documents instead of "
          + "\(frame.documents); remove the cache's folder and run again")
    }
  }
}
