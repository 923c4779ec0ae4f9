import Bytes
import Documents
import Readers
import Streams

/// The kept documents of a batch as a frame of stored text.
struct StoredFrame {
  /// The lines of stored text.
  var lines: [UInt8] = []
  /// The same, compressed.
  var compressed: [UInt8] = []
  /// The documents, and the bytes of their texts.
  var kept = Tally()
}

/// Makes frames of stored text, for one worker.
final class StoredFrameMaker {
  private var compressor = ZstdCompressor(level: 1)

  /// The frame of the documents of a batch that are kept.
  func frame(of batch: borrowing DocumentBatch) throws(CuveeError) -> StoredFrame {
    var frame = StoredFrame()
    // Room for the texts, a sixteenth more for what is escaped in them, and the rest of the lines.
    let texts = batch.text.count
    frame.lines.reserveCapacity(texts + texts / 16 + batch.ids.count + batch.count * 96)
    for index in 0..<batch.count where batch.verdicts[index] == .keep {
      StoredText.appendLine(of: batch, index, to: &frame.lines)
      frame.kept.add(bytes: batch.textRange(index).count)
    }
    if !frame.lines.isEmpty {
      let lines = frame.lines
      try compressor.appendFrame(of: lines.span, to: &frame.compressed)
    }
    return frame
  }
}

/// Writes a text part, frame by frame.
struct TextPartWriter: ~Copyable {
  private var writer: SeekableZstdWriter
  /// What was written so far; the digest is not known before the end.
  private(set) var facts = TextFacts()

  /// Creates the file in the folder of a unit.
  init(folder: String) throws(CuveeError) {
    writer = try SeekableZstdWriter(
      path: folder + "/" + TextPart.fileName, level: 1, digests: .content)
  }

  /// Appends a frame; one without documents is left out.
  mutating func append(_ frame: StoredFrame) throws(CuveeError) {
    guard frame.kept.documents > 0 else { return }
    try writer.append(compressedFrame: frame.compressed.span, raw: frame.lines.span)
    facts.frameDocuments.append(UInt32(frame.kept.documents))
    facts.bytes += UInt64(frame.lines.count)
    facts.kept += frame.kept
  }

  /// Closes the file.
  mutating func finish() throws(CuveeError) -> TextFacts {
    facts.digest = try writer.finishContent()
    return facts
  }
}
