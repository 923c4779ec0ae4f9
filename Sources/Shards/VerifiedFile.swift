import Bytes
import Streams

/// A seekable file of an output that is read once through, its digests computed on the way.
struct VerifiedFile: ~Copyable {
  private static let chunkBytes = 1 << 20

  private let entry: FileEntry
  private let path: String
  private var reader: SeekableZstdReader
  private var nextIndex = 0
  private var digest = SHA256Hasher()
  private var xxh64 = XXH64Hasher()

  /// Opens a file that the manifest lists.
  init(_ entry: FileEntry, folder: String, displayPath: String) throws(CuveeError) {
    let path = "\(folder)/\(entry.file)"
    reader = try SeekableZstdReader(path: path, displayPath: "\(displayPath)/\(entry.file)")
    self.path = path
    self.entry = entry
  }

  /// The uncompressed size.
  var rawSize: UInt64 { reader.rawSize }

  /// Appends the content of the next frame; false at the end.
  mutating func nextFrame(into output: inout [UInt8]) throws(CuveeError) -> Bool {
    guard nextIndex < reader.frameCount else { return false }
    let start = output.count
    try reader.appendFrame(nextIndex, to: &output)
    let content = output.span.extracting(start..<output.count)
    digest.update(content)
    xxh64.update(content)
    nextIndex += 1
    return true
  }

  /// Reads what is left and reports everything that is not as the manifest says.
  mutating func finish(_ report: inout VerificationReport) throws(CuveeError) {
    var rest: [UInt8] = []
    while try nextFrame(into: &rest) { rest.removeAll(keepingCapacity: true) }
    if reader.rawSize != entry.rawBytes {
      report.add(
        entry.file, "\(reader.rawSize) uncompressed bytes, the manifest says \(entry.rawBytes)")
    }
    let raw = digest.finalize()
    let rawXXH64 = Hexadecimal.string(xxh64.value)
    if raw != entry.rawSHA256 { report.add(entry.file, "the SHA-256 of its content is \(raw)") }
    if rawXXH64 != entry.rawXXH64 {
      report.add(entry.file, "the XXH64 of its content is \(rawXXH64)")
    }
    let (size, sha256, hash) = try VerifiedFile.digests(path: path)
    if size != entry.compressedBytes {
      report.add(entry.file, "\(size) bytes, the manifest says \(entry.compressedBytes)")
    }
    if sha256 != entry.compressedSHA256 { report.add(entry.file, "its SHA-256 is \(sha256)") }
    if hash != entry.compressedXXH64 { report.add(entry.file, "its XXH64 is \(hash)") }
    report.counts.files += 1
    report.counts.rawBytes += reader.rawSize
    report.counts.compressedBytes += size
  }

  /// The size and the digests of a file as it lies on the disk.
  static func digests(
    path: String
  ) throws(CuveeError) -> (size: UInt64, sha256: Digest, xxh64: String) {
    let file = try RandomAccessFile(path: path)
    var sha256 = SHA256Hasher()
    var xxh64 = XXH64Hasher()
    var buffer: [UInt8] = []
    var offset: UInt64 = 0
    while offset < file.size {
      buffer.removeAll(keepingCapacity: true)
      let count = Int(min(UInt64(chunkBytes), file.size - offset))
      try file.read(at: offset, count: count, appendingTo: &buffer)
      sha256.update(buffer.span)
      xxh64.update(buffer.span)
      offset += UInt64(count)
    }
    return (file.size, sha256.finalize(), Hexadecimal.string(xxh64.value))
  }
}
