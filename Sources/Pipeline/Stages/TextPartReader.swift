import Bytes
import Documents
import Readers
import Streams

/// A compressed frame of a text part on its way to a worker.
struct TextFrame: Sendable {
  /// The compressed bytes.
  var compressed: [UInt8]
  /// The ordinal, in the text part, of the frame's first document.
  var firstDocument: UInt32
  /// The number of its documents.
  var documents: UInt32
}

/// Reads a text part frame by frame.
// Invariant: `next` is called by one thread at a time (OrderedExecutor).
final class TextPartReader: @unchecked Sendable {
  private var reader: SeekableZstdReader
  private let frameDocuments: [UInt32]
  private var frame = 0
  private var document: UInt32 = 0

  init(_ part: TextPart, cache: StageCache) throws(CuveeError) {
    let path = try part.path(in: cache)
    reader = try SeekableZstdReader(path: path, displayPath: path)
    frameDocuments = part.facts.frameDocuments
  }

  func next() throws(CuveeError) -> TextFrame? {
    guard frame < frameDocuments.count else { return nil }
    var result = TextFrame(
      compressed: [], firstDocument: document, documents: frameDocuments[frame])
    try reader.readCompressedFrame(frame, into: &result.compressed)
    document += frameDocuments[frame]
    frame += 1
    return result
  }
}

/// Turns frames of stored text back into documents; one a worker.
final class TextFrameDecoder {
  private var decompressor = ZstdDecompressor()
  private let parser = StoredTextParser()
  private var lines: [UInt8] = []
  /// The documents of the frame that was decoded last.
  var documents = DocumentBatch()

  /// Decodes a frame into `documents`.
  func decode(_ frame: TextFrame) throws(CuveeError) {
    // The buffer is a local while spans of it are about.
    var lines: [UInt8] = []
    swap(&lines, &self.lines)
    defer { swap(&lines, &self.lines) }
    lines.removeAll(keepingCapacity: true)
    let compressed = frame.compressed
    try decompressor.appendContent(of: compressed.span, to: &lines)
    documents.removeAll()
    try parser.parse(lines.span, into: &documents)
    guard documents.count == Int(frame.documents) else {
      throw .failed(
        "a frame of stored text holds \(documents.count) documents instead of "
          + "\(frame.documents); remove the cache's folder and run again")
    }
  }
}
