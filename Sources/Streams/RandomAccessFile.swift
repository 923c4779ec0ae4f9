import Bytes
import Glibc

/// Random access to a file's bytes. It reads with `pread`, not through a memory map, so that
/// resident memory stays bounded and a file cut short is an error and not a signal.
public struct RandomAccessFile: ~Copyable, Sendable {
  private let file: FileDescriptor

  /// Bytes of the file when it was opened.
  public let size: UInt64

  /// Opens a file.
  ///
  /// - Throws: `missingInput` when it cannot be opened or is a directory.
  public init(path: String) throws(CuveeError) {
    try self.init(path: path, displayPath: path)
  }

  /// Opens a file that messages call by another name.
  ///
  /// - Throws: `missingInput` when it cannot be opened or is a directory.
  public init(path: String, displayPath: String) throws(CuveeError) {
    let file = try FileDescriptor(reading: path, displayPath: displayPath)
    size = if let known = file.statusWhenOpened { known.size } else { try file.status().size }
    self.file = file
  }

  /// Appends the `count` bytes that begin at an offset.
  ///
  /// - Throws: `badData` when the file ends before, `io` when it cannot be read; `output` is then
  ///   as it was.
  public func read(
    at offset: UInt64, count: Int, appendingTo output: inout [UInt8]
  ) throws(CuveeError) {
    let (end, overflow) = offset.addingReportingOverflow(UInt64(clamping: count))
    guard count >= 0, !overflow, end <= size else {
      throw .badData(
        "\(file.path): has \(size) bytes; bytes \(offset) to \(end) were asked for, so it was cut"
          + " short or its index is wrong")
    }
    try unsafe output.append(room: count) { (free) throws(CuveeError) in
      var filled = 0
      while filled < count {
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: free[filled...])
        let got = try unsafe file.read(into: rest, at: offset + UInt64(filled))
        if got == 0 { throw .badData("\(file.path): was cut short while it was read") }
        filled += got
      }
      return filled
    }
  }
  /// Reads the whole file in order, in pieces of at most 1 MiB.
  ///
  /// - Throws: What `read` throws, and what the body throws.
  public func forEachPiece(
    _ body: (_ piece: Span<UInt8>, _ offset: UInt64) throws(CuveeError) -> Void
  ) throws(CuveeError) {
    var buffer: [UInt8] = []
    var offset: UInt64 = 0
    while offset < size {
      buffer.removeAll(keepingCapacity: true)
      let count = min(1 << 20, size - offset)
      try read(at: offset, count: Int(count), appendingTo: &buffer)
      try body(buffer.span, offset)
      offset += count
    }
  }
}
