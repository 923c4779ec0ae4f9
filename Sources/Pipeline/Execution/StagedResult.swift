import Bytes
import Streams

/// A unit's result that is being written.
struct StagedResult: ~Copyable {
  let key: Digest
  private let stage: Stage
  private let label: String
  private let directory: StagedDirectory
  private let committed: @Sendable () -> Void

  /// Creates a result.
  ///
  /// - Parameters:
  ///   - stage: The unit's stage.
  ///   - key: Its key.
  ///   - label: What a person reads: the source and the part.
  ///   - directory: The folder that is filled.
  ///   - committed: Called when the folder has its name.
  init(
    stage: Stage, key: Digest, label: String, directory: consuming StagedDirectory,
    committed: @escaping @Sendable () -> Void
  ) {
    self.stage = stage
    self.key = key
    self.label = label
    self.directory = directory
    self.committed = committed
  }

  /// The folder to write into.
  var path: String { directory.path }

  /// Writes the receipt, makes the files read-only and gives the folder its name.
  ///
  /// Outputs share these files where the file system cannot clone them: nobody writes to one by
  /// mistake.
  consuming func commit<Facts: Codable>(_ facts: Facts) throws(CuveeError) {
    var files: [ReceiptFile] = []
    for name in try FileSystem.list(path) {
      files.append(try ReceiptFile(name: name, in: path))
      try FileSystem.makeReadOnly(path + "/" + name)
    }
    let receipt = Receipt(
      stage: stage, key: key, label: label, toolVersion: ToolVersion.current, files: files,
      facts: facts)
    try ReceiptStore.write(receipt, to: path)
    // Where another process was first, its files are read instead of these, once they are checked.
    if try directory.commit() { committed() }
  }
}
