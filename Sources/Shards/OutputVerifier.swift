import Bytes
import Streams

/// Checks a finished output against its manifest: every digest computed anew, every count counted.
///
/// Memory is bounded by one shard's segments table and 12 bytes for each document.
public struct OutputVerifier {
  let folder: String
  let displayPath: String
  let manifest: Manifest
  var report = VerificationReport()

  /// Opens an output.
  ///
  /// - Parameters:
  ///   - folder: The output's folder.
  ///   - displayPath: The folder's name for messages.
  /// - Throws: `CuveeError.missingInput` when it has no manifest, `.badData` when this version does
  ///   not read it.
  public init(folder: String, displayPath: String) throws(CuveeError) {
    self.folder = folder
    self.displayPath = displayPath
    manifest = try Manifest.read(folder: folder, displayPath: displayPath)
  }

  /// Checks everything.
  ///
  /// - Parameter progress: Called with the name of each file before it is read.
  /// - Returns: What was found; an unreadable file is a finding and does not stop the rest.
  public mutating func verify(progress: (String) -> Void = { _ in }) -> VerificationReport {
    report = VerificationReport()
    checkManifest()
    checkIndexes()
    checkRecipe()
    let inputs = checkInputs(progress)
    let documents = manifest.sources.map { checkDocuments(of: $0, inputs: inputs, progress) }
    checkOtherFiles(progress)
    let recount = ShardRecount(
      manifest: manifest, folder: folder, displayPath: displayPath, documents: documents)
    var rows = [UInt64](repeating: 0, count: manifest.sources.count)
    for phase in manifest.phases { check(phase, recount, &rows, progress) }
    for (source, used) in zip(manifest.sources, rows) where source.rows.used != used {
      note("source \(source.name)", "\(used) rows, the manifest says \(source.rows.used)")
    }
    report.close()
    return report
  }

  /// Holds the files of the recipe against their digests.
  private mutating func checkRecipe() {
    for (file, sha256) in manifest.recipe?.files ?? [] {
      let path = "\(folder)/\(file)"
      attempt(file) { (report) throws(CuveeError) in
        let found = try VerifiedFile.digests(path: path).sha256
        if found != sha256 { report.add(file, "its SHA-256 is \(found)") }
      }
    }
  }

  /// Adds a finding about a part of the manifest.
  mutating func note(_ part: String, _ message: String) {
    report.add("\(OutputLayout.manifest): \(part)", message)
  }

  /// Runs a check whose failure to read a file is a finding about that file.
  mutating func attempt<Value>(
    _ place: String, _ body: (inout VerificationReport) throws(CuveeError) -> Value
  ) -> Value? {
    do {
      return try body(&report)
    } catch {
      report.add(place, error.message)
      return nil
    }
  }

  private mutating func check(
    _ phase: ManifestPhase, _ recount: ShardRecount, _ rows: inout [UInt64],
    _ progress: (String) -> Void
  ) {
    var order = PhaseRecount(phase, sources: manifest.sources.map(\.name))
    for shard in phase.shards {
      progress(shard.content.file)
      let sources = attempt(shard.content.file) { (report) throws(CuveeError) in
        try recount.readRows(shard, &report)
      }
      checkInflated(shard)
      guard let sources else {
        // What follows cannot be counted without these rows; the file itself is a finding.
        order.isComplete = false
        continue
      }
      progress(shard.segments.file)
      attempt(shard.segments.file) { (report) throws(CuveeError) in
        try recount.readSegments(shard, sources, &report)
      }
      order.add(sources, of: shard, &report)
      for source in sources where Int(source) < rows.count { rows[Int(source)] += 1 }
    }
    order.finish(&report)
  }

  /// MosaicML Streaming inflates shards beside the compressed files and then reads what is there,
  /// whatever it is: a file left from another build would be trained on.
  private mutating func checkInflated(_ shard: ManifestShard) {
    let name = OutputLayout.inflatedName(of: shard.content.file)
    let path = "\(folder)/\(name)"
    attempt(name) { (report) throws(CuveeError) in
      guard try FileSystem.status(path) != nil else { return }
      let found = try VerifiedFile.digests(path: path)
      if found.sha256 != shard.content.rawSHA256 {
        report.add(name, "a client's inflated copy of another shard; remove it")
      }
    }
  }
}
