import Bytes
import Glibc

/// The files that a command reads and so must never write over: its inputs, the mixture file, the
/// filters, the tokenizer.
///
/// Files are told apart by device and inode, so that a second name of one, by a symbolic or a hard
/// link, is the same file.
public struct ProtectedFiles: Sendable {
  private struct Identity: Hashable {
    var device: UInt64
    var inode: UInt64
  }

  private var names: [Identity: String] = [:]
  private var paths: [(path: String, name: String)] = []

  /// Creates an empty set.
  public init() {}

  /// Adds a file; one that is not there needs no protection.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - name: What messages call it: `the input v.jsonl`, `the mixture file m.yaml`.
  public mutating func add(_ path: String, as name: String) {
    guard let status = try? FileSystem.status(path) else { return }
    add(path, as: name, status)
  }

  /// Adds a file whose status is known.
  public mutating func add(_ path: String, as name: String, _ status: FileStatus) {
    names[Identity(device: status.device, inode: status.inode)] = name
    paths.append((path, name))
  }

  /// Refuses an output that is one of the files.
  ///
  /// - Throws: `badData` naming the file.
  public func requireOther(than output: String, displayPath: String) throws(CuveeError) {
    guard let status = try FileSystem.status(output), status.isRegular,
      let name = names[Identity(device: status.device, inode: status.inode)]
    else { return }
    throw .badData(
      "\(displayPath): is \(name); writing to it would destroy what is read: name another file")
  }

  /// Refuses an output folder that holds one of the files, at any depth.
  ///
  /// - Throws: `badData` naming the file.
  public func requireOutside(of folder: String, displayPath: String) throws(CuveeError) {
    guard let folder = FileSystem.realPath(folder) else { return }
    let prefix = folder == "/" ? "/" : folder + "/"
    // Thousands of files share a few folders, so each folder is resolved once.
    var realFolders: [Substring: String?] = [:]
    func isInside(_ path: String) -> Bool {
      guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), !FileSystem.isLink(path) else {
        return FileSystem.realPath(path).map { $0.hasPrefix(prefix) } ?? false
      }
      let parent = path[..<slash]
      if realFolders[parent] == nil {
        realFolders[parent] = FileSystem.realPath(parent.isEmpty ? "/" : String(parent))
      }
      guard let real = realFolders[parent] ?? nil else { return false }
      return (real + "/").hasPrefix(prefix)
    }
    for (path, name) in paths where isInside(path) {
      throw .badData(
        "\(displayPath): this folder holds \(name); an output needs a folder of its own")
    }
  }
}

extension FileSystem {
  /// The path without symbolic links, or nil where nothing is there.
  public static func realPath(_ path: String) -> String? {
    guard let resolved = unsafe Glibc.realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
