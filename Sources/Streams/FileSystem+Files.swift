import Bytes
import Glibc

extension FileSystem {
  /// How a file came to its second place.
  public enum Placement: Sendable, Equatable {
    /// A clone: the file system shares the blocks until one of the two is written to.
    case clone
    /// A second name of the same file.
    case link
    /// A copy.
    case copy
  }

  /// `FICLONE` of linux/fs.h: `_IOW(0x94, 9, int)`.
  private static let cloneRequest: UInt = 0x4004_9409

  /// Gives a file a second place without a second copy where that can be: a clone, else a hard link,
  /// else, on another file system, a copy.
  ///
  /// - Parameters:
  ///   - path: The file. It should be read-only: a hard link shares its bytes.
  ///   - target: The new path; nothing may be there.
  ///   - clones: Whether a clone is tried; set to false where the file system has none, so that it
  ///     is asked once.
  /// - Returns: What was done.
  /// - Throws: `io` when none of them can be done.
  @discardableResult
  public static func place(
    _ path: String, at target: String, clones: inout Bool
  ) throws(CuveeError) -> Placement {
    if clones {
      if try clone(path, to: target) { return .clone }
      clones = false
    }
    if unsafe Glibc.link(path, target) == 0 { return .link }
    let source = try RandomAccessFile(path: path)
    var copy = try OutputFile(path: target)
    try source.forEachPiece { (piece, _) throws(CuveeError) in try copy.write(piece) }
    try copy.finish()
    return .copy
  }

  /// Clones a file where the file system can; false, and nothing there, where it cannot.
  private static func clone(_ path: String, to target: String) throws(CuveeError) -> Bool {
    let source = try FileDescriptor(reading: path, displayPath: path)
    var copy: FileDescriptor
    do {
      copy = try FileDescriptor(target, flags: O_WRONLY | O_CREAT | O_EXCL)
    } catch {
      throw error.output(target, "cannot be created")
    }
    if copy.clone(source, request: cloneRequest) {
      try copy.synchronize()
      try copy.close()
      return true
    }
    _ = unsafe unlink(target)
    return false
  }
}

extension FileSystem {
  /// Whether a path is a symbolic link, wherever it leads.
  static func isLink(_ path: String) -> Bool {
    var record = stat()
    return unsafe lstat(path, &record) == 0 && record.st_mode & S_IFMT == S_IFLNK
  }

  /// Why a file cannot be opened to read, in words; nil where it can.
  public static func whyUnreadable(_ path: String) -> String? {
    unsafe access(path, R_OK) == 0 ? nil : SystemFailure.last.words
  }

  /// Sets a file's modification time to now.
  ///
  /// - Throws: `io` when the file system refuses.
  public static func touch(_ path: String) throws(CuveeError) {
    if unsafe utimensat(AT_FDCWD, path, nil, 0) != 0 {
      throw SystemFailure.last.output(path, "cannot be touched")
    }
  }

  /// Takes everybody's right to write to a file; whoever may remove it from its folder still can.
  ///
  /// - Throws: `io` when the file system refuses.
  public static func makeReadOnly(_ path: String) throws(CuveeError) {
    var record = stat()
    guard unsafe stat(path, &record) == 0, unsafe chmod(path, record.st_mode & 0o7555) == 0 else {
      throw SystemFailure.last.output(path, "cannot be made read-only")
    }
  }

  /// Removes a folder that holds nothing; one that holds something stays.
  ///
  /// - Returns: Whether it is gone.
  @discardableResult
  public static func removeIfEmpty(_ path: String) -> Bool {
    unsafe rmdir(path) == 0
  }

  /// The paths of all that is not a folder below a folder, relative to it, in the order of their
  /// bytes. Symbolic links are not followed.
  ///
  /// - Throws: `missingInput` when a folder cannot be listed, `badData` for a name that is not
  ///   UTF-8.
  public static func files(below path: String) throws(CuveeError) -> [String] {
    var found: [String] = []
    var open = [""]
    while let folder = open.popLast() {
      let place = folder.isEmpty ? path : path + "/" + folder
      for entry in try DirectoryEntry.all(in: Array(place.utf8)) {
        let name = (folder.isEmpty ? "" : folder + "/") + (try entry.name(in: place))
        if try entry.isDirectory(in: place) { open.append(name) } else { found.append(name) }
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension DirectoryEntry {
  /// Whether it is a folder itself, and not a link to one.
  fileprivate func isDirectory(in folder: String) throws(CuveeError) -> Bool {
    switch kind {
    case .directory: return true
    case .file: return false
    case .unknown:
      var record = stat()
      let path = Array(folder.utf8) + [UInt8(ascii: "/")] + bytes
      guard unsafe lstat(path.map(CChar.init(bitPattern:)) + [0], &record) == 0 else {
        return false
      }
      return record.st_mode & S_IFMT == S_IFDIR
    }
  }
}
