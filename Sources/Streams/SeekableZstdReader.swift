import Bytes

/// Random access to the content of a seekable zstd file (see `SeekTable`).
public struct SeekableZstdReader: ~Copyable, Sendable {
  private let displayPath: String
  private let file: RandomAccessFile
  private let table: SeekTable
  private var decompressor = ZstdDecompressor()
  private var compressed: [UInt8] = []
  /// The content of frame `keptIndex`.
  private var kept: [UInt8] = []
  private var keptIndex = -1

  /// Opens a file and reads its seek table.
  ///
  /// - Throws: `missingInput` when it cannot be opened, `badData` when it has no sound seek table.
  public init(path: String, displayPath: String) throws(CuveeError) {
    let file = try RandomAccessFile(path: path, displayPath: displayPath)
    table = try SeekTable(file, displayPath: displayPath)
    self.file = file
    self.displayPath = displayPath
  }

  /// Frames of the file.
  public var frameCount: Int { table.frames }

  /// Bytes of content.
  public var rawSize: UInt64 { table.rawSize }

  /// Where a frame's content lies in the whole content.
  ///
  /// - Precondition: `0 <= index < frameCount`.
  public func rawRange(ofFrame index: Int) -> Range<UInt64> {
    table.rawStarts[index]..<table.rawStarts[index + 1]
  }

  /// The frame that holds the byte of content at an offset.
  ///
  /// - Precondition: `offset < rawSize`.
  public func frame(holding offset: UInt64) -> Int {
    precondition(offset < rawSize, "an offset beyond the content is in no frame")
    return table.frame(holding: offset)
  }

  /// Appends the content of a frame, held against the checksums of the frame and of the table.
  ///
  /// - Throws: `badData` when the frame is corrupt or there is none of this index.
  public mutating func appendFrame(
    _ index: Int, to output: inout [UInt8]
  ) throws(CuveeError) {
    // The buffer is borrowed as a local, so that `self` is free while it is read.
    var bytes: [UInt8] = []
    swap(&bytes, &compressed)
    defer { swap(&bytes, &compressed) }
    try readCompressedFrame(index, into: &bytes)
    let before = output.count
    let problem = decompressor.decompress(bytes.span, to: &output)
    if let problem = problem ?? mismatch(output, from: before, frame: index) {
      output.removeLast(output.count - before)
      throw .badData("\(displayPath): frame \(index): \(problem); make the file again")
    }
  }

  /// Replaces `output` by the bytes of a frame as the file has them.
  private mutating func readCompressedFrame(
    _ index: Int, into output: inout [UInt8]
  ) throws(CuveeError) {
    guard index >= 0, index < frameCount else {
      throw .badData("\(displayPath): has \(frameCount) frames; frame \(index) was asked for")
    }
    output.removeAll(keepingCapacity: true)
    let start = table.compressedStarts[index]
    try file.read(
      at: start, count: Int(table.compressedStarts[index + 1] - start), appendingTo: &output)
  }

  /// Replaces `output` by a range of the content. The last frame decoded is kept, so that reads
  /// near one another decode it once.
  ///
  /// - Throws: `badData` when a frame is corrupt or the range goes beyond the content.
  public mutating func read(
    _ range: Range<UInt64>, into output: inout [UInt8]
  ) throws(CuveeError) {
    output.removeAll(keepingCapacity: true)
    guard range.upperBound <= rawSize else {
      throw .badData(
        "\(displayPath): holds \(rawSize) bytes; bytes up to \(range.upperBound) were asked for")
    }
    var position = range.lowerBound
    while position < range.upperBound {
      let index = table.frame(holding: position)
      if index != keptIndex { try keep(index) }
      let frame = rawRange(ofFrame: index)
      let end = min(range.upperBound, frame.upperBound)
      output.append(
        kept.span, from: Int(position - frame.lowerBound), to: Int(end - frame.lowerBound))
      position = end
    }
  }

  /// Decodes a frame to be kept.
  private mutating func keep(_ index: Int) throws(CuveeError) {
    var content: [UInt8] = []
    swap(&content, &kept)
    defer { swap(&content, &kept) }
    keptIndex = -1
    content.removeAll(keepingCapacity: true)
    try appendFrame(index, to: &content)
    keptIndex = index
  }

  /// What is wrong by the table with a frame's content, the end of `output`, or nil.
  private func mismatch(_ output: [UInt8], from start: Int, frame index: Int) -> String? {
    let range = rawRange(ofFrame: index)
    let count = output.count - start
    if UInt64(count) != range.upperBound - range.lowerBound {
      return "holds \(count) bytes, the seek table has \(range.upperBound - range.lowerBound)"
    }
    guard !table.checksums.isEmpty else { return nil }
    let hash = StableHash.xxh64(output.span.extracting(start..<output.count))
    return UInt32(truncatingIfNeeded: hash) == table.checksums[index]
      ? nil : "the seek table's checksum does not fit"
  }
}
