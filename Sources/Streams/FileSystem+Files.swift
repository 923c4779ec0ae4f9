import Bytes
import Glibc

extension FileSystem {
  /// Gives a file a second name on the same file system, or copies it to another one.
  ///
  /// - Throws: `io` when neither can be done.
  public static func linkOrCopy(_ path: String, to target: String) throws(CuveeError) {
    if unsafe Glibc.link(path, target) == 0 { return }
    let source = try RandomAccessFile(path: path)
    var copy = try OutputFile(path: target)
    try source.forEachPiece { (piece, _) throws(CuveeError) in try copy.write(piece) }
    try copy.finish()
  }
}

extension FileSystem {
  /// Sets a file's modification time to now.
  ///
  /// - Throws: `io` when the file system refuses.
  public static func touch(_ path: String) throws(CuveeError) {
    if unsafe utimensat(AT_FDCWD, path, nil, 0) != 0 {
      throw SystemFailure.last.output(path, "cannot be touched")
    }
  }
}
