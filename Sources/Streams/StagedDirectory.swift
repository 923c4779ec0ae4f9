import Bytes
import Glibc

/// A folder that appears whole under its final name or not at all.
///
/// It is filled under a name of its own and then renamed. Files inside must have been finished
/// (`OutputFile.finish`). Dropped without `commit()`, it is removed; what a killed process leaves
/// in the staging folder may be removed by whoever holds the lock of that folder.
public struct StagedDirectory: ~Copyable, Sendable {
  /// The folder to fill.
  public let path: String
  private let finalPath: String
  private var isOver = false

  /// Makes an empty folder under `stagingRoot`, which must be on the final path's file system.
  ///
  /// - Throws: `io` when it cannot be made.
  public init(finalPath: String, stagingRoot: String) throws(CuveeError) {
    try FileSystem.createDirectories(stagingRoot)
    let name = FileSystem.name(of: finalPath)
    while true {
      let candidate = stagingRoot + "/" + TemporaryName.make(for: name)
      if unsafe mkdir(candidate, 0o777) == 0 {
        path = candidate
        break
      }
      if errno != EEXIST {
        throw SystemFailure.last.output(candidate, "cannot be made a folder")
      }
    }
    self.finalPath = finalPath
  }

  /// Brings the folder's names to the disk and gives it its final name. When a folder with
  /// content has that name already, another process was first: ours is removed and theirs stands.
  ///
  /// - Returns: Whether ours has the final name.
  /// - Throws: `io` when any of it fails; nothing is then under the final name.
  @discardableResult
  public consuming func commit() throws(CuveeError) -> Bool {
    try FileSystem.synchronizeTree(path)
    let parent = FileSystem.parent(of: finalPath)
    try FileSystem.createDirectories(parent, synchronized: true)
    if unsafe Glibc.rename(path, finalPath) == 0 {
      isOver = true
      try FileSystem.synchronizeDirectory(parent)
      return true
    }
    let failure = SystemFailure.last
    guard failure.code == EEXIST || failure.code == ENOTEMPTY else {
      throw failure.output(path, "cannot be renamed to \(finalPath)")
    }
    return false
  }

  deinit {
    // Best effort: what stays is litter in the staging folder, never a result.
    if !isOver { try? FileSystem.remove(path) }
  }
}
