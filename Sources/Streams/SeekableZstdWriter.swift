import Bytes
import CZstd

/// Writes a file of independent zstd frames with a seek table at its end (zstd seekable format,
/// see `SeekTable`). Any zstd reader that handles several frames reads it as one stream, and every
/// frame has its content size and checksum.
public struct SeekableZstdWriter: ~Copyable, Sendable {
  private let path: String
  private var file: OutputFile
  private var compressor: ZstdCompressor
  private var table = SeekTable()
  private var raw = ContentHashes()
  private var compressed = ContentHashes()
  private var frame: [UInt8] = []

  /// Creates the file, or empties the one that is there.
  ///
  /// - Throws: `io` when it cannot be created.
  public init(path: String, level: Int32) throws(CuveeError) {
    file = try OutputFile(path: path)
    compressor = ZstdCompressor(level: level)
    self.path = path
  }

  /// Bytes of content so far.
  public var rawBytes: UInt64 { table.rawSize }

  /// Bytes of the file so far, without the seek table.
  public var compressedBytes: UInt64 { table.compressedSize }

  /// Compresses content into one frame. No content makes no frame.
  ///
  /// - Throws: `io` when the file cannot be written, `failed` for more than 1 GiB of content.
  public mutating func appendFrame(_ raw: Span<UInt8>) throws(CuveeError) {
    if raw.isEmpty { return }
    // The buffer is borrowed as a local, so that `self` is free while it is read.
    var bytes: [UInt8] = []
    swap(&bytes, &frame)
    defer { swap(&bytes, &frame) }
    bytes.removeAll(keepingCapacity: true)
    try compressor.appendFrame(of: raw, to: &bytes)
    try add(bytes.span, raw: raw)
  }

  /// Adds a frame that `ZstdCompressor` made elsewhere, for instance on another thread, with its
  /// content. No content makes no frame.
  ///
  /// - Throws: `io` when the file cannot be written, `failed` when the frame is not one frame
  ///   of as many bytes as `raw` has.
  public mutating func append(
    compressedFrame: Span<UInt8>, raw: Span<UInt8>
  ) throws(CuveeError) {
    if raw.isEmpty { return }
    let (size, length) = unsafe compressedFrame.withUnsafeBytes { source in
      unsafe (
        ZSTD_getFrameContentSize(source.baseAddress, source.count),
        ZSTD_findFrameCompressedSize(source.baseAddress, source.count)
      )
    }
    guard length == compressedFrame.count, size == UInt64(raw.count) else {
      throw .failed("\(path): a frame made elsewhere does not fit its content")
    }
    try add(compressedFrame, raw: raw)
  }

  /// Writes the seek table, waits until the file is on the disk, and closes it.
  ///
  /// - Throws: `io` when any of it fails.
  public mutating func finish() throws(CuveeError) -> SeekableZstdSummary {
    let end = table.encoded()
    try file.write(end.span)
    compressed.update(end.span)
    try file.finish()
    let rawDigests = raw.finalize()
    let compressedDigests = compressed.finalize()
    return SeekableZstdSummary(
      rawBytes: raw.bytes, compressedBytes: compressed.bytes,
      rawXXH64: rawDigests.xxh64, rawSHA256: rawDigests.sha256,
      compressedXXH64: compressedDigests.xxh64, compressedSHA256: compressedDigests.sha256,
      frames: table.frames)
  }

  private mutating func add(
    _ bytes: Span<UInt8>, raw: Span<UInt8>
  ) throws(CuveeError) {
    guard raw.count <= SeekTable.greatestFrame, table.frames < SeekTable.mostFrames else {
      throw .failed("\(path): more than 1 GiB in a frame, or more than 2^27 frames")
    }
    try file.write(bytes)
    compressed.update(bytes)
    self.raw.update(raw)
    table.append(compressed: bytes.count, raw: raw.count, hash: StableHash.xxh64(raw))
  }
}
