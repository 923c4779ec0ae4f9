import Bytes
import Streams

/// Results of stages on disk, each under the digest of all that determined it.
///
/// `ROOT/STAGE/KEY/` holds the files of one unit of work and its `receipt.json`. A folder is there
/// whole or not at all. While a `StageCache` lives, it holds a shared lock on `ROOT/lock`; pruning
/// needs the exclusive one.
///
/// Nothing in it is believed unchecked: `open` reads the files of a unit through and holds them
/// against its receipt before their first use in a run. A damaged unit goes to `ROOT/damaged/`, so
/// that it is missing from then on and is done again.
public final class StageCache: Sendable {
  /// The cache's folder.
  public let root: String
  private let lock: LockHolder
  private let checks = CacheChecks()

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

  /// Where the files of a unit lie. To read them, ask `open`.
  func folder(_ stage: Stage, _ key: Digest) -> String { "\(root)/\(Self.name(stage, key))" }

  private static func name(_ stage: Stage, _ key: Digest) -> String {
    "\(stage.rawValue)/\(key.hex)"
  }

  /// The folder of a unit's files, to read them: they are what was written.
  ///
  /// - Throws: `failed` when the unit is missing or damaged; it is then set aside, and the same
  ///   walk done again does it again.
  func open(_ stage: Stage, _ key: Digest) throws(CuveeError) -> String {
    let folder = folder(stage, key)
    let damage = try checks.check(Self.name(stage, key)) { () throws(CuveeError) in
      guard try FileSystem.status(folder + "/" + ReceiptStore.fileName) != nil else {
        return CacheDamage(
          stage: stage, key: key.hex, label: "", problem: "it is not there any more")
      }
      let receipt = try ReceiptStore.read(ReceiptHead.self, from: folder)
      return CacheDamage(stage, key.hex, in: folder, receipt: receipt)
    }
    guard let damage else { return folder }
    try setAside(damage)
    throw .failed("\(root)/\(damage.line); run the same command again to do it again")
  }

  /// The file of one name of each of several units, to read them.
  ///
  /// - Throws: As `open`.
  func paths(
    _ name: String, of stage: Stage, _ keys: [Digest]
  ) throws(CuveeError) -> [String] {
    var paths: [String] = []
    for key in keys { paths.append(try open(stage, key) + "/" + name) }
    return paths
  }

  /// The damaged units that were set aside since the last call.
  public func takeDamages() -> [CacheDamage] { checks.takeDamages() }

  private func setAside(_ damage: CacheDamage) throws(CuveeError) {
    try Self.setAside(damage, root: root)
    checks.note(damage)
  }

  /// Moves a unit out of the way, to `ROOT/damaged/STAGE-KEY`.
  static func setAside(_ damage: CacheDamage, root: String) throws(CuveeError) {
    let folder = "\(root)/\(damage.stage.rawValue)/\(damage.key)"
    guard try FileSystem.status(folder) != nil else { return }
    let aside = "\(damagedRoot(root))/\(damage.stage.rawValue)-\(damage.key)"
    try FileSystem.createDirectories(damagedRoot(root))
    try FileSystem.remove(aside)
    try FileSystem.rename(folder, to: aside)
  }

  /// Where damaged units are kept for a look; `cuvee cache prune` removes them.
  static func damagedRoot(_ root: String) -> String { root + "/damaged" }

  /// What a finished unit has said of itself, or nil when it is not there, or not whole.
  func facts<Facts: Codable>(
    _ stage: Stage, _ key: Digest, as type: Facts.Type
  ) throws(CuveeError) -> Facts? {
    let folder = folder(stage, key)
    let path = folder + "/" + ReceiptStore.fileName
    guard try FileSystem.status(path) != nil else { return nil }
    guard let receipt = try ReceiptStore.read(Receipt<Facts>.self, from: folder),
      receipt.key == key, receipt.stage == stage
    else {
      try setAside(
        CacheDamage(stage: stage, key: key.hex, label: "", problem: "its receipt is damaged"))
      return nil
    }
    for file in receipt.files {
      // A quick look; the bytes are read before they are used.
      let size = try FileSystem.status(folder + "/" + file.name)?.size
      guard size == file.bytes else {
        let problem =
          size.map { "\(file.name) has \($0) bytes instead of \(file.bytes)" }
          ?? "\(file.name) is missing"
        try setAside(
          CacheDamage(stage: stage, key: key.hex, label: receipt.label, problem: problem))
        return nil
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
  /// - Throws: What the body throws, `io` when the result cannot be kept.
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
    if try FileSystem.status(folder) != nil,
      try FileSystem.status(folder + "/" + ReceiptStore.fileName) == nil
    {
      try Self.remove(folder, root: root)
    }
    return StagedResult(
      stage: stage, key: key, label: label,
      directory: try StagedDirectory(finalPath: folder, stagingRoot: stagingRoot),
      committed: { [checks] in checks.pass(Self.name(stage, key)) })
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

/// Keeps a lock for as long as its owner lives.
private final class LockHolder: Sendable {
  private let lock: FileLock
  init(_ lock: consuming FileLock) { self.lock = lock }
}
