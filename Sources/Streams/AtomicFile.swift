import Bytes
import Glibc

/// Files that appear whole under their names or not at all.
public enum AtomicFile {
  /// Writes a file under a temporary name beside its own, brings it to the disk and renames it.
  ///
  /// - Throws: `io` when any of it fails; the old file, if there was one, is then as it was.
  public static func write(_ bytes: Span<UInt8>, to path: String) throws(CuveeError) {
    let folder = FileSystem.parent(of: path)
    let name = "." + FileSystem.name(of: path)
    var temporary: String
    repeat {
      temporary = folder + "/" + TemporaryName.make(for: name)
    } while try FileSystem.status(temporary) != nil
    do {
      var file = try OutputFile(path: temporary, flags: O_EXCL)
      try file.write(bytes)
      try file.finish()
      try FileSystem.rename(temporary, to: path)
    } catch {
      _ = unsafe unlink(temporary)
      throw error
    }
    try FileSystem.synchronizeDirectory(folder)
  }
}
