import Foundation

/// The files of a folder with their bytes, to be compared with another's.
public struct FileTree: Equatable, Sendable {
  /// The bytes of each file by its path in the folder.
  public let files: [String: Data]

  /// Reads a folder with all that is below it.
  public init(_ folder: String) throws {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      var isFolder: ObjCBool = false
      let path = "\(folder)/\(name)"
      guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      files[name] = try Data(contentsOf: URL(fileURLWithPath: path))
    }
    self.files = files
  }

  /// The paths at which two folders differ, sorted.
  public func differences(from other: FileTree) -> [String] {
    Set(files.keys).union(other.files.keys).filter { files[$0] != other.files[$0] }.sorted()
  }
}
