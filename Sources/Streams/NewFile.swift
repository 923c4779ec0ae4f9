import Bytes
import Glibc

/// A file that a user has asked for by name: it appears whole under that name, or not at all.
///
/// It is written beside its place and renamed when it is finished. Dropped before, it leaves what
/// was there as it was. A device or a pipe (`/dev/stdout`, a FIFO) takes the bytes as they come.
public struct NewFile: ~Copyable, Sendable {
  private var file: OutputFile
  private let temporary: String?
  private let path: String
  private var isFinished = false

  /// Names of what the process has open. Where such a name leads to an ordinary file, the caller has
  /// a place in that file, which opening it again would not keep.
  private static let descriptors = ["/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/"]

  /// Opens a file to write.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - displayPath: The path as messages show it.
  ///   - force: Whether a file that is there may be replaced.
  ///   - protected: What the command reads; it is never replaced.
  /// - Throws: `badData` where a file is there and may not be replaced, or is protected, or a folder
  ///   has the name; `io` where it cannot be written.
  public init(
    path: String, displayPath: String, force: Bool, protected: ProtectedFiles
  ) throws(CuveeError) {
    try protected.requireOther(than: path, displayPath: displayPath)
    let (target, temporary) = try Self.places(path, displayPath: displayPath, force: force)
    let file = try OutputFile(path: temporary ?? target, flags: temporary == nil ? 0 : O_EXCL)
    self.path = target
    self.temporary = temporary
    self.file = file
  }

  /// The path that will have the bytes, and where they are written first; nil for a device or a pipe.
  private static func places(
    _ path: String, displayPath: String, force: Bool
  ) throws(CuveeError) -> (target: String, temporary: String?) {
    let status = try FileSystem.status(path)
    if let status {
      if status.isDirectory { throw .badData("\(displayPath): is a folder; name a file in it") }
      if !status.isRegular { return (path, nil) }
      if Self.descriptors.contains(where: { path.hasPrefix($0) }) {
        throw .badData(
          "\(displayPath): leads to a file that was opened elsewhere; name the file itself")
      }
      guard force else {
        throw .badData("\(displayPath): is there already; name another file, or give --force")
      }
    }
    if status == nil, FileSystem.isLink(path) {
      throw .badData("\(displayPath): is a link that leads nowhere; remove it or name another file")
    }
    // A link stays a link: what it leads to is replaced.
    let target = status == nil ? path : FileSystem.realPath(path) ?? path
    let folder = FileSystem.parent(of: target)
    guard try FileSystem.status(folder)?.isDirectory == true else {
      throw .io("\(displayPath): there is no folder \(folder); make it first")
    }
    return (target, folder + "/." + TemporaryName.make(for: FileSystem.name(of: target)))
  }

  deinit {
    // Best effort: what stays has a name that says whose it is.
    if let temporary, !isFinished { _ = unsafe unlink(temporary) }
  }

  /// Appends bytes.
  ///
  /// - Throws: `io` when the disk is full or the write fails.
  public mutating func write(_ bytes: Span<UInt8>) throws(CuveeError) { try file.write(bytes) }

  /// Brings the file to the disk and gives it its name.
  ///
  /// - Throws: `io` when any of it fails; what was there before is then as it was.
  public mutating func finish() throws(CuveeError) {
    try file.finish()
    if let temporary {
      try FileSystem.rename(temporary, to: path)
      try FileSystem.synchronizeDirectory(FileSystem.parent(of: path))
    }
    isFinished = true
  }
}
