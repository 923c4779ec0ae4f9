import Bytes
import Glibc

/// A file being written from its start, with a buffer of 256 KiB.
///
/// What was written counts only after `finish()`; a file dropped before that may be cut short.
public struct OutputFile: ~Copyable, Sendable {
  private static let capacity = 1 << 18

  private var file: FileDescriptor
  private var buffer: [UInt8] = []

  /// Bytes given to `write` so far.
  public private(set) var bytesWritten: UInt64 = 0

  /// Creates the file, or empties the one that is there.
  ///
  /// - Throws: `io` when it cannot be created.
  public init(path: String) throws(CuveeError) {
    try self.init(path: path, flags: O_TRUNC)
  }

  init(path: String, flags: Int32) throws(CuveeError) {
    do {
      file = try FileDescriptor(path, flags: O_WRONLY | O_CREAT | flags)
    } catch {
      throw error.output(path, "cannot be created")
    }
    buffer.reserveCapacity(Self.capacity)
  }

  /// Appends bytes to the file.
  ///
  /// - Throws: `io` when the disk is full or the write fails.
  public mutating func write(_ bytes: Span<UInt8>) throws(CuveeError) {
    if buffer.count + bytes.count > Self.capacity { try flush() }
    if bytes.count >= Self.capacity {
      try file.write(bytes)
    } else {
      buffer.append(bytes)
    }
    bytesWritten += UInt64(bytes.count)
  }

  /// Writes what is buffered, waits until the file is on the disk, and closes it.
  ///
  /// - Throws: `io` when any of it fails.
  public mutating func finish() throws(CuveeError) {
    try flush()
    try file.synchronize()
    try file.close()
  }

  private mutating func flush() throws(CuveeError) {
    if buffer.isEmpty { return }
    try file.write(buffer.span)
    buffer.removeAll(keepingCapacity: true)
  }
}
