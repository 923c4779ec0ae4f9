import Bytes
import Foundation
import Streams

/// Results of stages on disk, each under the digest of all that determined it.
///
/// `ROOT/STAGE/KEY/` holds the files of one unit of work and its `receipt.json`. A folder is there
/// whole or not at all. While a `StageCache` lives, it holds a shared lock on `ROOT/lock`; pruning
/// needs the exclusive one.
public final class StageCache: Sendable {
  /// The cache's folder.
  public let root: String
  private let lock: LockHolder

  /// Opens a cache and makes it where it is missing.
  ///
  /// - Parameter root: The cache's folder.
  /// - Throws: `io` when the folder cannot be made or locked.
  public init(root: String) throws(CuveeError) {
    self.root = FileSystem.absolute(root)
    try FileSystem.createDirectories(self.root)
    let lockPath = self.root + "/lock"
    // Nobody else is in: what a killed run left half-made can go.
    if let alone = try? FileLock(path: lockPath, exclusive: true, wait: false) {
      try FileSystem.remove(self.root + "/staging")
      _ = consume alone
    }
    lock = LockHolder(try FileLock(path: lockPath, exclusive: false, wait: true))
    try FileSystem.createDirectories(stagingRoot)
  }

  /// Where unfinished work lies.
  var stagingRoot: String { root + "/staging" }

  /// The folder of a unit's files.
  func folder(_ stage: Stage, _ key: Digest) -> String { "\(root)/\(stage.rawValue)/\(key.hex)" }

  /// What a finished unit has said of itself, or nil when it is not there.
  func facts<Facts: Codable>(
    _ stage: Stage, _ key: Digest, as type: Facts.Type
  ) throws(CuveeError) -> Facts? {
    let folder = folder(stage, key)
    let path = folder + "/receipt.json"
    guard try FileSystem.status(path) != nil else { return nil }
    let receipt: Receipt<Facts> = try JSONFile.read(path)
    for file in receipt.files {
      let size = try FileSystem.status(folder + "/" + file.name)?.size
      guard size == file.bytes else {
        throw .failed(
          "\(folder)/\(file.name): the cache is damaged (\(size ?? 0) bytes instead of "
            + "\(file.bytes)); remove \(folder) and run again")
      }
    }
    // Pruning goes by when an entry was used last.
    try FileSystem.touch(path)
    return receipt.facts
  }

  /// Does a unit of work and keeps its result, unless it is there already.
  ///
  /// - Parameters:
  ///   - stage: The unit's stage.
  ///   - key: The digest of all that determines the result.
  ///   - label: What a person reads: the source and the part.
  ///   - body: Writes files into the folder that it is given and returns the facts.
  /// - Returns: The facts, of now or of the time when the work was done.
  /// - Throws: What the body throws, `io` when the result cannot be kept, `failed` when one that is
  ///   there is damaged.
  func produce<Facts: Codable>(
    _ stage: Stage, _ key: Digest, label: String,
    _ body: (_ folder: String) throws(CuveeError) -> Facts
  ) throws(CuveeError) -> Facts {
    if let facts = try facts(stage, key, as: Facts.self) { return facts }
    let staged = try begin(stage, key, label: label)
    let facts = try body(staged.path)
    try staged.commit(facts)
    return facts
  }

  /// Begins a unit of work whose result is committed later.
  func begin(_ stage: Stage, _ key: Digest, label: String) throws(CuveeError) -> StagedResult {
    try FileSystem.createDirectories("\(root)/\(stage.rawValue)")
    // Results appear with their receipts: one without is what a removal that was cut short left.
    let folder = folder(stage, key)
    if try FileSystem.status(folder) != nil, try FileSystem.status(folder + "/receipt.json") == nil
    {
      try Self.remove(folder, root: root)
    }
    return StagedResult(
      stage: stage, key: key, label: label,
      directory: try StagedDirectory(finalPath: folder, stagingRoot: stagingRoot))
  }

  /// Forgets a finished unit.
  func forget(_ stage: Stage, _ key: Digest) throws(CuveeError) {
    try Self.remove(folder(stage, key), root: root)
  }

  /// Removes a result under another name, so that it is never seen in part, whenever the removal is
  /// cut short.
  static func remove(_ folder: String, root: String) throws(CuveeError) {
    guard try FileSystem.status(folder) != nil else { return }
    let key = folder.split(separator: "/").last ?? ""
    let doomed = "\(root)/staging/\(key)-removed"
    try FileSystem.createDirectories(root + "/staging")
    try FileSystem.remove(doomed)
    try FileSystem.rename(folder, to: doomed)
    try FileSystem.remove(doomed)
  }
}

/// A unit's result that is being written.
struct StagedResult: ~Copyable {
  let stage: Stage
  let key: Digest
  let label: String
  private let directory: StagedDirectory

  init(stage: Stage, key: Digest, label: String, directory: consuming StagedDirectory) {
    self.stage = stage
    self.key = key
    self.label = label
    self.directory = directory
  }

  /// The folder to write into.
  var path: String { directory.path }

  /// Writes the receipt and gives the folder its name.
  consuming func commit<Facts: Codable>(_ facts: Facts) throws(CuveeError) {
    var files: [ReceiptFile] = []
    for name in try FileSystem.list(path) { files.append(try ReceiptFile(name: name, in: path)) }
    let receipt = Receipt(
      stage: stage, key: key, label: label, toolVersion: ToolVersion.current, files: files,
      facts: facts)
    try JSONFile.write(receipt, to: path + "/receipt.json")
    try directory.commit()
  }
}

/// What a finished unit of work says of itself.
struct Receipt<Facts: Codable>: Codable {
  var stage: Stage
  var key: Digest
  var label: String
  var toolVersion: String
  var files: [ReceiptFile]
  var facts: Facts
}

/// One file of a result.
struct ReceiptFile: Codable {
  var name: String
  var bytes: UInt64
  var xxh64: String

  init(name: String, bytes: UInt64, xxh64: String) {
    self.name = name
    self.bytes = bytes
    self.xxh64 = xxh64
  }

  /// The size and XXH64 of a file that has just been written.
  init(name: String, in folder: String) throws(CuveeError) {
    let file = try RandomAccessFile(path: folder + "/" + name)
    var hasher = XXH64Hasher()
    try file.forEachPiece { (piece, _) throws(CuveeError) in hasher.update(piece) }
    self.init(name: name, bytes: file.size, xxh64: Hexadecimal.string(hasher.value))
  }
}

/// Keeps a lock for as long as its owner lives.
private final class LockHolder: Sendable {
  private let lock: FileLock
  init(_ lock: consuming FileLock) { self.lock = lock }
}
