import ArgumentParser
import Bytes
import Declarations
import Foundation
import MixtureFiles
import Pipeline
import Streams

/// What the commands that plan a mixture have in common.
struct PlanArguments: ParsableArguments {
  @Argument(help: "The mixture file.", completion: .file(extensions: ["yaml", "yml"]))
  var mixture: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The folder that relative paths start from. Default: the mixture file's folder.",
      valueName: "folder"), completion: .directory)
  var data: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Multiply the token budget of every phase, as in 1%.", valueName: "share"))
  var scale: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Read only this share of the documents, chosen by hash, as in 1%.", valueName: "share"))
  var sample: String?

  @OptionGroup var limits: LimitArguments

  func validate() throws {
    do throws(CuveeError) {
      try PlanOptions.checkShares(scale: scale, sample: sample)
    } catch {
      throw ValidationError(error.message)
    }
  }

  /// The plan.
  func plan() throws(CuveeError) -> Plan { try Plan(try options()) }

  /// The options of the plan.
  func options() throws(CuveeError) -> PlanOptions {
    var options = PlanOptions(mixturePath: mixture)
    options.dataFolder = data
    options.scale = scale
    options.sample = sample
    options.tokenizerFolders = TokenizerFolders.all
    options.filterFolders = FilterFolders.all
    options.limits = try limits.limits()
    return options
  }
}

/// The sizes that bound memory and cut the work; none of them changes a row.
struct LimitArguments: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("Bytes of input that make one part.", visibility: .hidden))
  var partSize: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Bytes of text between two checkpoints.", visibility: .hidden))
  var textPartSize: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Bytes of signatures that a bucket holds.", visibility: .hidden))
  var bucketSize: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Bytes of tokens that are shuffled in memory.", visibility: .hidden))
  var shuffleMemory: String?

  @Option(
    name: .long, help: ArgumentHelp("Bytes of records in a batch.", visibility: .hidden))
  var batchSize: String?

  @Option(
    name: .long, help: ArgumentHelp("Bytes of the largest record.", visibility: .hidden))
  var maximumRecordSize: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The zstd level for text in the cache, 1 to 19. Default: not compressed.",
      visibility: .hidden))
  var textCompression: Int32?

  /// The standard limits with what was given.
  func limits() throws(CuveeError) -> Limits {
    var limits = Limits()
    if let size = try size(partSize, "--part-size") { limits.partBytes = size }
    if let size = try size(textPartSize, "--text-part-size") { limits.textPartBytes = size }
    if let size = try size(bucketSize, "--bucket-size") { limits.bucketBytes = size }
    if let size = try size(shuffleMemory, "--shuffle-memory") { limits.shuffleBytes = size }
    if let size = try size(batchSize, "--batch-size") { limits.batchBytes = Int(size) }
    if let size = try size(maximumRecordSize, "--maximum-record-size") {
      limits.maximumRecordBytes = Int(size)
    }
    limits.textCompression = textCompression
    return limits
  }

  func validate() throws {
    do throws(CuveeError) {
      _ = try limits()
    } catch {
      throw ValidationError(error.message)
    }
  }

  private func size(_ text: String?, _ option: String) throws(CuveeError) -> UInt64? {
    guard let text else { return nil }
    guard let size = ByteSize.parse(text), size > 0, size <= 1 << 50 else {
      throw .badData("\(option) \(text): is not a size; write it as in 64MiB")
    }
    return size
  }
}

/// What the commands that use the cache have in common.
struct CacheArguments: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The folder of the cache. Default: $CUVEE_CACHE, or else ~/.cache/cuvee.", valueName: "folder"
    ), completion: .directory)
  var cache: String?

  /// The cache's folder.
  var folder: String {
    if let cache { return cache }
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["CUVEE_CACHE"], !folder.isEmpty { return folder }
    if let folder = environment["XDG_CACHE_HOME"], !folder.isEmpty { return folder + "/cuvee" }
    return (environment["HOME"] ?? ".") + "/.cache/cuvee"
  }

  /// Opens the cache.
  func open() throws(CuveeError) -> StageCache { try StageCache(root: folder) }
}

/// What the commands that write a file have in common: no other way opens one.
struct ForceArguments: ParsableArguments {
  @Flag(name: .long, help: "Replace the output file if it exists.")
  var force = false

  /// Opens the file of `--output`.
  ///
  /// - Parameters:
  ///   - path: The path as it was given.
  ///   - protected: All that the command reads.
  /// - Returns: The file.
  /// - Throws: As `NewFile` does.
  func open(_ path: String, protected: ProtectedFiles) throws(CuveeError) -> NewFile {
    try NewFile(
      path: FileSystem.absolute(path), displayPath: path, force: force, protected: protected)
  }
}

/// What the commands that read files without a mixture do about bad records.
struct BadRecordArguments: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Fail if more than this share of a file's records are bad.", valueName: "share"))
  var maxBadShare = "10%"

  /// The limit.
  func limit() throws(CuveeError) -> BadShareLimit { try BadShareLimit(option: maxBadShare) }
}

/// How many threads a command uses.
struct WorkerArguments: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The number of threads. Default: one for each processor.", valueName: "number"))
  var workers: Int?

  /// The number of threads.
  var count: Int { max(1, workers ?? ProcessInfo.processInfo.activeProcessorCount) }

  func validate() throws {
    if let workers, workers < 1 || workers > 1024 {
      throw ValidationError("--workers \(workers): give a number from 1 to 1024")
    }
  }
}

/// Where filters are looked for by name besides a command's own folders.
enum FilterFolders {
  /// The folders of `$CUVEE_FILTERS`, separated by colons.
  static var all: [String] {
    (ProcessInfo.processInfo.environment["CUVEE_FILTERS"] ?? "").split(separator: ":")
      .map(String.init)
  }
}

/// Where registered tokenizers are looked for besides a command's own folders.
enum TokenizerFolders {
  /// The folders of `$CUVEE_TOKENIZERS`, separated by colons.
  static var all: [String] {
    (ProcessInfo.processInfo.environment["CUVEE_TOKENIZERS"] ?? "").split(separator: ":")
      .map(String.init)
  }
}
