import Bytes
import Glibc

extension FileSystem {
  /// Makes a folder and those above it; folders that exist are fine.
  ///
  /// - Throws: `io` when one cannot be made or a file has its name.
  public static func createDirectories(_ path: String) throws(CuveeError) {
    try createDirectories(path, synchronized: false)
  }

  /// As `createDirectories`, and brings the new names to the disk where that is asked for.
  static func createDirectories(_ path: String, synchronized: Bool) throws(CuveeError) {
    if unsafe mkdir(path, 0o777) == 0 {
      if synchronized { try synchronizeDirectory(parent(of: path)) }
      return
    }
    let failure = SystemFailure.last
    switch failure.code {
    case EEXIST:
      if try status(path)?.isDirectory == true { return }
      throw .io("\(path): cannot be made a folder: a file has this name")
    case ENOENT where parent(of: path) != path && !path.isEmpty:
      try createDirectories(parent(of: path), synchronized: synchronized)
      if unsafe mkdir(path, 0o777) != 0 && errno != EEXIST {
        throw SystemFailure.last.output(path, "cannot be made a folder")
      }
      if synchronized { try synchronizeDirectory(parent(of: path)) }
    default: throw failure.output(path, "cannot be made a folder")
    }
  }

  /// The names in a folder, in the order of their bytes, without `.` and `..`.
  ///
  /// - Throws: `missingInput` when the folder cannot be opened, `badData` for a name that is not
  ///   UTF-8.
  public static func list(_ path: String) throws(CuveeError) -> [String] {
    var names: [String] = []
    for entry in try DirectoryEntry.all(in: Array(path.utf8)) {
      names.append(try entry.name(in: path))
    }
    return names
  }

  /// Removes a file, or a folder with all that is in it; that nothing is there is fine. A symbolic
  /// link is removed itself.
  ///
  /// - Throws: `io` when something cannot be removed.
  public static func remove(_ path: String) throws(CuveeError) {
    try remove(bytes: Array(path.utf8))
  }

  // Paths below a folder are kept as bytes, so that any name can be removed.
  private static func remove(bytes path: [UInt8]) throws(CuveeError) {
    let terminated = path.map(CChar.init(bitPattern:)) + [0]
    if unsafe unlink(terminated) == 0 || errno == ENOENT || errno == ENOTDIR { return }
    let failure = SystemFailure.last
    guard failure.code == EISDIR || failure.code == EPERM else {
      throw failure.output(String(decoding: path, as: UTF8.self), "cannot be removed")
    }
    for entry in try DirectoryEntry.all(in: path) {
      try remove(bytes: path + [UInt8(ascii: "/")] + entry.bytes)
    }
    if unsafe rmdir(terminated) != 0 && errno != ENOENT {
      throw SystemFailure.last.output(String(decoding: path, as: UTF8.self), "cannot be removed")
    }
  }

  /// Waits until the names in a folder are on the disk, so that a rename outlives a loss of power.
  ///
  /// - Throws: `io` when the folder cannot be opened or the disk refuses.
  public static func synchronizeDirectory(_ path: String) throws(CuveeError) {
    let folder: FileDescriptor
    do {
      folder = try FileDescriptor(path, flags: O_RDONLY | O_DIRECTORY)
    } catch {
      throw error.output(path, "cannot be opened")
    }
    try folder.synchronize()
  }

  /// Brings the names in a folder and in all folders below it to the disk.
  ///
  /// - Throws: As `synchronizeDirectory`.
  public static func synchronizeTree(_ path: String) throws(CuveeError) {
    for entry in try DirectoryEntry.all(in: Array(path.utf8)) where entry.kind == .directory {
      try synchronizeTree(path + "/" + (try entry.name(in: path)))
    }
    try synchronizeDirectory(path)
  }
}
