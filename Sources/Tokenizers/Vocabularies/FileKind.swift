import Foundation

/// What lies at a path.
enum FileKind {
  case file
  case folder

  /// The kind of what lies at a path, following links; nil where nothing does.
  static func of(_ path: String) -> FileKind? {
    var isFolder: ObjCBool = false
    // The pointer is to a local and lives for the call only.
    let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists ? isFolder.boolValue ? .folder : .file : nil
  }
}
