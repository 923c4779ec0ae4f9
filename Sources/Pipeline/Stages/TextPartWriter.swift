import Bytes
import Documents
import Streams

/// The file of a text part.
///
/// Little-endian: `CUVEETXT` and a version u32, then frames, each of them the bytes that are stored
/// u32, the bytes that they stand for u32, the documents u32 and the coding u32 (0 as they are, 1
/// zstd), and the bytes: a `StoredBatch`.
enum TextPartFile {
  static let name = "text.bin"
  static let magic = Array("CUVEETXT".utf8)
  static let version: UInt32 = 1
  static let headerBytes = 12
  static let frameHeaderBytes = 16

  /// How the bytes of a frame are stored.
  enum Coding: UInt32 {
    case plain = 0
    case zstd = 1
  }
}

/// The kept documents of a batch as a frame of stored text.
struct StoredFrame {
  /// The frame as it is written, without its header; empty where no document is kept.
  var bytes: [UInt8] = []
  var coding = TextPartFile.Coding.plain
  /// The bytes before they were compressed.
  var rawBytes = 0
  /// XXH3-128 of these.
  var hash = Hash128(high: 0, low: 0)
  /// The documents, and the bytes of their texts.
  var kept = Tally()
}

/// Makes frames of stored text, for one worker.
final class StoredFrameMaker {
  private var compressor: ZstdCompressor?

  /// Creates a maker of frames; a level of zstd compresses them.
  init(level: Int32?) {
    // The cache's receipts have checksums already.
    if let level { compressor = ZstdCompressor(level: level, checksum: false) }
  }

  /// The frame of the documents of a batch that are kept.
  func frame(of batch: borrowing DocumentBatch) throws(CuveeError) -> StoredFrame {
    var frame = StoredFrame()
    var raw: [UInt8] = []
    let (documents, textBytes) = try StoredBatch.append(batch, to: &raw)
    guard documents > 0 else { return frame }
    frame.kept = Tally(documents: UInt64(documents), bytes: UInt64(textBytes))
    frame.rawBytes = raw.count
    frame.hash = StableHash.xxh128(raw.span)
    if try compressor?.appendFrame(of: raw.span, to: &frame.bytes) != nil {
      frame.coding = .zstd
    } else {
      frame.bytes = raw
    }
    return frame
  }
}

/// Writes a text part, frame by frame.
struct TextPartWriter: ~Copyable {
  private var file: OutputFile
  private var digest = SHA256Hasher()
  /// What was written so far; the digest is not known before the end.
  private(set) var facts = TextFacts()

  /// Creates the file in the folder of a unit.
  init(folder: String) throws(CuveeError) {
    var file = try OutputFile(path: folder + "/" + TextPartFile.name)
    var header = TextPartFile.magic
    header.appendLittleEndian(TextPartFile.version)
    try file.write(header.span)
    self.file = file
  }

  /// Appends a frame; one without documents is left out.
  mutating func append(_ frame: StoredFrame) throws(CuveeError) {
    guard frame.kept.documents > 0 else { return }
    var header: [UInt8] = []
    header.appendLittleEndian(UInt32(frame.bytes.count))
    header.appendLittleEndian(UInt32(frame.rawBytes))
    header.appendLittleEndian(UInt32(frame.kept.documents))
    header.appendLittleEndian(frame.coding.rawValue)
    try file.write(header.span)
    try file.write(frame.bytes.span)
    var content: [UInt8] = []
    content.appendLittleEndian(UInt64(frame.rawBytes))
    content.appendLittleEndian(frame.hash.high)
    content.appendLittleEndian(frame.hash.low)
    digest.update(content.span)
    facts.frameDocuments.append(UInt32(frame.kept.documents))
    facts.bytes += UInt64(frame.rawBytes)
    facts.kept += frame.kept
  }

  /// Closes the file.
  mutating func finish() throws(CuveeError) -> TextFacts {
    try file.finish()
    facts.digest = digest.finalize()
    return facts
  }
}
