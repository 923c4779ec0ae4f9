import Bytes
import Glibc

/// Scratch files that grow by pieces, opened for each piece, so that thousands can grow at once.
///
/// They are not synchronised: nothing counts on them after the process that wrote them.
public enum AppendFile {
  /// Appends bytes to a file, which is made where it is not there.
  ///
  /// - Throws: `io` when the disk is full or the write fails.
  public static func append(_ bytes: Span<UInt8>, to path: String) throws(CuveeError) {
    var file: FileDescriptor
    do {
      file = try FileDescriptor(path, flags: O_WRONLY | O_CREAT | O_APPEND)
    } catch {
      throw error.output(path, "cannot be created")
    }
    try file.write(bytes)
    try file.close()
  }
}
