import Bytes
import Shards
import Streams

/// The folder of an output while it is put together.
///
/// `.cuvee-incomplete` marks a folder that an interrupted build has left; the next build of any
/// mixture may clear it. A folder with anything else in it is somebody's data and is left alone.
struct OutputFolder {
  static let marker = ".cuvee-incomplete"

  let path: String
  let displayPath: String

  /// Finds out before the work whether the output may be written here.
  ///
  /// - Parameters:
  ///   - name: The mixture's name; a finished output of the same name may be the same.
  ///   - replace: Whether another finished output may go.
  /// - Throws: `badData` where the folder is a file, holds files that are not Cuvee's or the output
  ///   of a mixture of another name.
  func check(for name: String, replace: Bool) throws(CuveeError) {
    try checkContents()
    if !replace, let there = try finishedManifest(), there.name != name { throw occupied }
  }

  private func checkContents() throws(CuveeError) {
    guard let status = try FileSystem.status(path) else { return }
    guard status.isDirectory else {
      throw .badData("\(displayPath): is a file; name a folder for --output")
    }
    let names = try FileSystem.list(path)
    guard let first = names.first, !names.contains(Self.marker),
      !names.contains(OutputLayout.manifest)
    else { return }
    throw .badData(
      "\(displayPath): holds files that are not Cuvee's (\(first)); name another folder")
  }

  private var occupied: CuveeError {
    .badData(
      "\(displayPath): holds a finished output of another mixture; name another folder, or give "
        + "--replace")
  }

  /// Clears what an interrupted build has left and makes the folder.
  ///
  /// - Parameter replace: Whether a finished output may go.
  /// - Throws: `badData` where the folder holds something else.
  func prepare(replace: Bool) throws(CuveeError) {
    try checkContents()
    let finished = try finishedManifest()
    guard replace || finished == nil else { throw occupied }
    try FileSystem.createDirectories(path)
    let empty: [UInt8] = []
    try AtomicFile.write(empty.span, to: path + "/" + Self.marker)
    for name in try FileSystem.list(path) where name != Self.marker {
      try FileSystem.remove(path + "/" + name)
    }
  }

  /// The manifest that is there, if there is a whole one.
  func finishedManifest() throws(CuveeError) -> Manifest? {
    guard try FileSystem.status(path + "/" + OutputLayout.manifest) != nil,
      try FileSystem.status(path + "/" + Self.marker) == nil
    else { return nil }
    return try Manifest.read(folder: path, displayPath: displayPath)
  }

  /// Whether every file of a manifest is there with its size.
  func holdsAll(of manifest: Manifest) throws(CuveeError) -> Bool {
    for file in manifest.allFiles {
      guard try FileSystem.status("\(path)/\(file.file)")?.size == file.compressedBytes else {
        return false
      }
    }
    for folder in [""] + manifest.phases.map({ $0.folder + "/" }) {
      guard try FileSystem.status("\(path)/\(folder)\(OutputLayout.index)") != nil else {
        return false
      }
    }
    return true
  }

  /// Puts a file of the cache under its name in the output.
  func place(_ cached: String, as name: String) throws(CuveeError) {
    let target = path + "/" + name
    if let slash = target.lastIndex(of: "/") {
      try FileSystem.createDirectories(String(target[..<slash]))
    }
    try FileSystem.linkOrCopy(cached, to: target)
  }

  /// Writes the manifest and gives the folder out of hand.
  func finish(_ manifest: Manifest) throws(CuveeError) {
    try manifest.writeIndexes(folder: path)
    try manifest.write(folder: path)
    try FileSystem.remove(path + "/" + Self.marker)
    try FileSystem.synchronizeDirectory(path)
  }
}
