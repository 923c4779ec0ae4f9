import Bytes
import Glibc

/// A file for bytes that are read back by the same process; it goes with the value.
public struct ScratchFile: ~Copyable, Sendable {
  private let path: String
  private var file: OutputFile

  /// Creates an empty file in a folder.
  ///
  /// - Throws: `io` when it cannot be made.
  public init(in folder: String) throws(CuveeError) {
    let path = folder + "/." + TemporaryName.make(for: "scratch")
    file = try OutputFile(path: path, flags: O_EXCL)
    self.path = path
  }

  deinit { _ = unsafe unlink(path) }

  /// Appends bytes.
  ///
  /// - Throws: `io` when the disk is full or the write fails.
  public mutating func write(_ bytes: Span<UInt8>) throws(CuveeError) { try file.write(bytes) }

  /// Ends the writing and opens the file to read; it stays until the value goes.
  ///
  /// - Throws: `io` or `missingInput` when any of it fails.
  public mutating func reopen() throws(CuveeError) -> RandomAccessFile {
    try file.finish()
    return try RandomAccessFile(path: path)
  }
}
