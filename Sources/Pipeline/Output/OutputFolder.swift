import Bytes
import Shards
import Streams

/// The folder of an output while it is put together.
///
/// `.cuvee-incomplete` marks a folder that an interrupted build has left and lists the files that
/// are Cuvee's; the next build of any mixture removes these. Cuvee never removes a file that neither
/// that list nor the manifest of the output names: it is somebody's, and stays.
struct OutputFolder {
  static let marker = ".cuvee-incomplete"

  let path: String
  let displayPath: String
  /// Whether clones are tried: until the file system says that it has none.
  private var clones = true

  init(path: String, displayPath: String) {
    self.path = path
    self.displayPath = displayPath
  }

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
    let names = try FileSystem.list(path).filter { !TemporaryName.isOne($0) }
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

  /// Removes what is there of Cuvee's, and makes the folder.
  ///
  /// - Parameters:
  ///   - manifest: The manifest of the output that will be written.
  ///   - replace: Whether a finished output may go.
  /// - Returns: The files that are not Cuvee's and stay, relative to the folder.
  /// - Throws: `badData` where the folder holds something else, or something else has the name of
  ///   one of the output's files.
  func prepare(for manifest: Manifest, replace: Bool) throws(CuveeError) -> [String] {
    try checkContents()
    let finished = try finishedManifest()
    guard replace || finished == nil else { throw occupied }
    try FileSystem.createDirectories(path)
    let new = manifest.paths
    var own = Set(finished?.paths ?? [])
    if try FileSystem.status(path + "/" + Self.marker) != nil {
      // An interrupted build: what it has placed has the names of its list. A build of this very
      // output may have been interrupted by a version that kept no list.
      own.formUnion(try markedFiles() + new)
    }
    for file in new where !own.contains(file) {
      guard try FileSystem.status("\(path)/\(file)") == nil else {
        throw .badData(
          "\(displayPath)/\(file): is not a file of the output that is there, and the new output "
            + "needs its name; move it away, or name another folder")
      }
    }
    own.formUnion(new)
    try JSONFile.write(Marker(files: own.sorted()), to: path + "/" + Self.marker)
    return try remove(own)
  }

  /// What `.cuvee-incomplete` holds.
  private struct Marker: Codable { var files: [String] }

  /// The files that an interrupted build has listed; none where the list cannot be read.
  private func markedFiles() throws(CuveeError) -> [String] {
    let bytes = try FileSystem.readFile(path + "/" + Self.marker)
    guard let marker: Marker = JSONFile.decode(bytes) else { return [] }
    return marker.files.filter { OutputLayout.isInside($0) }
  }

  /// Removes files and the folders that they leave empty; gives what stays.
  private func remove(_ own: Set<String>) throws(CuveeError) -> [String] {
    var foreign: [String] = []
    var folders: Set<String> = []
    for file in try FileSystem.files(below: path) where file != Self.marker {
      let name = file.split(separator: "/").last.map(String.init) ?? file
      guard own.contains(file) || TemporaryName.isOne(name) else {
        foreign.append(file)
        continue
      }
      try FileSystem.remove("\(path)/\(file)")
      var folder = file[...]
      while let slash = folder.lastIndex(of: "/") {
        folder = folder[..<slash]
        folders.insert(String(folder))
      }
    }
    // The innermost first: a folder is longer than those above it.
    for folder in folders.sorted(by: { $0.utf8.count > $1.utf8.count }) {
      FileSystem.removeIfEmpty("\(path)/\(folder)")
    }
    return foreign
  }

  /// The manifest that is there, if there is a whole one.
  func finishedManifest() throws(CuveeError) -> Manifest? {
    guard try FileSystem.status(path + "/" + OutputLayout.manifest) != nil,
      try FileSystem.status(path + "/" + Self.marker) == nil
    else { return nil }
    return try Manifest.read(folder: path, displayPath: displayPath)
  }

  /// Whether every file of a manifest is there, with the bytes that it says.
  func holdsAll(of manifest: Manifest) throws(CuveeError) -> Bool {
    for file in manifest.allFiles {
      let place = "\(path)/\(file.file)"
      guard try FileSystem.status(place)?.size == file.compressedBytes else { return false }
      let input = try RandomAccessFile(path: place)
      var hasher = XXH64Hasher()
      try input.forEachPiece { (piece, _) throws(CuveeError) in hasher.update(piece) }
      guard Hexadecimal.string(hasher.value) == file.compressedXXH64 else { return false }
    }
    for (file, sha256) in manifest.recipe?.files ?? [] {
      let place = "\(path)/\(file)"
      guard try FileSystem.status(place) != nil else { return false }
      let bytes = try FileSystem.readFile(place)
      guard Digest.sha256(bytes.span) == sha256 else { return false }
    }
    for (file, index) in try manifest.indexes() {
      let place = "\(path)/\(file)"
      guard try FileSystem.status(place) != nil, try FileSystem.readFile(place) == index else {
        return false
      }
    }
    return true
  }

  /// Puts a file of the cache under its name in the output.
  mutating func place(_ cached: String, as name: String) throws(CuveeError) {
    let target = path + "/" + name
    try FileSystem.createDirectories(FileSystem.parent(of: target))
    try FileSystem.place(cached, at: target, clones: &clones)
  }

  /// Writes a file of the output.
  func write(_ bytes: [UInt8], as name: String) throws(CuveeError) {
    let target = path + "/" + name
    try FileSystem.createDirectories(FileSystem.parent(of: target))
    try AtomicFile.write(bytes.span, to: target)
  }

  /// Writes the manifest and gives the folder out of hand.
  func finish(_ manifest: Manifest) throws(CuveeError) {
    try manifest.writeIndexes(folder: path)
    try FileSystem.synchronizeTree(path)
    try manifest.write(folder: path)
    try FileSystem.remove(path + "/" + Self.marker)
    try FileSystem.synchronizeDirectory(path)
  }
}

extension Manifest {
  /// The paths of all that a build writes into the folder of an output and what is derived from it:
  /// a client's inflated copy of a shard is read instead of the shard, so it goes with it.
  fileprivate var paths: [String] {
    let files = allFiles.map(\.file) + (recipe?.files.map(\.file) ?? [])
    return
      (files + phases.flatMap { $0.shards.map { OutputLayout.inflatedName(of: $0.content.file) } }
      + phases.map { "\($0.folder)/\(OutputLayout.index)" }
      + [OutputLayout.index, OutputLayout.manifest]).filter { OutputLayout.isInside($0) }
  }
}
