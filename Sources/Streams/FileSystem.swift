import Bytes
import Glibc

/// The few things that Cuvee does with whole files and folders.
public enum FileSystem {
  /// What lies under a path, or nil when nothing does. Symbolic links are followed.
  ///
  /// - Throws: `missingInput` when the path cannot be examined, for instance for want of rights.
  public static func status(_ path: String) throws(CuveeError) -> FileStatus? {
    var record = stat()
    if unsafe stat(path, &record) == 0 { return FileStatus(record) }
    let failure = SystemFailure.last
    switch failure.code {
    case ENOENT, ENOTDIR: return nil
    default: throw .missingInput("\(path): cannot be examined: \(failure.words)")
    }
  }

  /// All bytes of a file.
  ///
  /// - Throws: `missingInput` when it cannot be opened, `io` when it cannot be read.
  public static func readFile(_ path: String) throws(CuveeError) -> [UInt8] {
    let file = try FileDescriptor(reading: path, displayPath: path)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(clamping: min(try file.status().size, 1 << 30)) + 1)
    while try bytes.appendBytes(atMost: max(bytes.capacity - bytes.count, 1 << 16), from: file) > 0
    {}
    return bytes
  }

  /// Gives a file or folder another name, replacing a file that has it.
  ///
  /// - Throws: `io` when the file system refuses.
  public static func rename(_ from: String, to: String) throws(CuveeError) {
    if unsafe Glibc.rename(from, to) != 0 {
      throw SystemFailure.last.output(from, "cannot be renamed to \(to)")
    }
  }

  /// The bytes that may still be written to the file system of a path; nil where it does not say.
  public static func freeBytes(_ path: String) -> UInt64? {
    var record = statvfs()
    guard unsafe statvfs(path, &record) == 0 else { return nil }
    return UInt64(record.f_bavail) * UInt64(record.f_frsize)
  }

  /// The path from the root, against the working directory, with `.` and `..` resolved by their
  /// letters alone (symbolic links are not looked at).
  public static func absolute(_ path: String) -> String {
    var parts: [Substring] = []
    let whole = path.utf8.first == UInt8(ascii: "/") ? path : workingDirectory + "/" + path
    for part in whole.split(separator: "/") {
      switch part {
      case ".": continue
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// The folder that holds a path: `a/b` for `a/b/c`, `.` for `c`, `/` for `/c`.
  public static func parent(of path: String) -> String {
    var bytes = Array(path.utf8)
    while bytes.count > 1 && bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == 0 ? "/" : String(decoding: bytes[..<slash], as: UTF8.self)
  }

  /// The last name of a path.
  public static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private static var workingDirectory: String {
    guard let name = unsafe getcwd(nil, 0) else { return "" }
    defer { unsafe free(name) }
    return unsafe String(cString: name)
  }
}

extension [UInt8] {
  /// Appends what one read from a file gives, at most `count` bytes; 0 at the end of the file.
  mutating func appendBytes(
    atMost count: Int, from file: borrowing FileDescriptor
  ) throws(CuveeError) -> Int {
    let before = self.count
    try unsafe append(room: count) { (free) throws(CuveeError) in
      try unsafe file.read(into: free)
    }
    return self.count - before
  }
}
