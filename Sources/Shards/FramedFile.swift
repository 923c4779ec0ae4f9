import Bytes
import Streams

/// Gathers whole entries into frames of a file in the zstd seekable format.
public struct FramedFile: ~Copyable {
  /// The uncompressed bytes of a frame, more or less: 256 KiB is where random access is still
  /// cheap and larger frames no longer compress better.
  public static let frameBytes = 256 << 10

  private var file: SeekableZstdWriter
  private let limit: Int
  /// The bytes that wait for their frame; entries are appended here, then `endEntry` is called.
  public var pending: [UInt8] = []

  /// Creates the file.
  ///
  /// - Parameters:
  ///   - path: The file to make.
  ///   - level: zstd's compression level.
  ///   - limit: A frame ends with the entry that brings it to this many bytes.
  /// - Throws: `CuveeError.io` when the file cannot be written.
  public init(path: String, level: Int32, limit: Int = FramedFile.frameBytes) throws(CuveeError) {
    file = try SeekableZstdWriter(path: path, level: level)
    self.limit = limit
  }

  /// Ends an entry, and the frame when it is full.
  public mutating func endEntry() throws(CuveeError) {
    if pending.count >= limit { try endFrame() }
  }

  /// Ends the frame.
  mutating func endFrame() throws(CuveeError) {
    // Swapped out, because a span of a member borrows the whole of a noncopyable value.
    var frame: [UInt8] = []
    swap(&frame, &pending)
    try file.appendFrame(frame.span)
    frame.removeAll(keepingCapacity: true)
    swap(&frame, &pending)
  }

  /// Appends a frame that was compressed elsewhere; what is pending becomes a frame before it.
  mutating func append(
    compressedFrame: Span<UInt8>, raw: Span<UInt8>
  ) throws(CuveeError) {
    try endFrame()
    try file.append(compressedFrame: compressedFrame, raw: raw)
  }

  /// Ends the file and brings it to the disk.
  public mutating func finish() throws(CuveeError) -> SeekableZstdSummary {
    try endFrame()
    return try file.finish()
  }
}
