import Bytes

/// What the steps have done to the documents of every source, unit by unit.
struct AuditLedger: Sendable {
  /// The units of each source that have an account, in the order of the stages.
  private(set) var parts: [[AuditPart]]
  /// The names of the files of each input part of each source.
  private let paths: [[[String]]]
  private let sourceNames: [String]
  /// The entries of each source's account.
  private let entries: [StepEntries]
  /// The digest of all names.
  private let pathsDigest: Digest

  init(plan: Plan, inputs: [SourceInputs]) {
    parts = Array(repeating: [], count: plan.sources.count)
    paths = inputs.map { $0.parts.map { $0.files.map(\.displayPath) } }
    sourceNames = plan.sources.map(\.name)
    entries = plan.sources.map(\.steps.entries)
    var key = KeyBuilder("names", version: ToolVersion.formats)
    for (name, parts) in zip(sourceNames, paths) {
      key.add("source", name)
      for part in parts {
        key.add("part", part.count)
        for path in part { key.add("path", path) }
      }
    }
    pathsDigest = key.key
  }

  /// Adds the account of a unit.
  ///
  /// - Throws: `failed` where it has a step that the source does not have.
  mutating func add(
    _ stage: Stage, _ key: Digest, of source: Int, inputPart: Int,
    _ steps: [String: StepAccount], marks: [PartMarks] = []
  ) throws(CuveeError) {
    parts[source].append(
      AuditPart(
        stage: stage, key: key, steps: try entries[source].account(steps),
        paths: paths[source][inputPart], marks: marks))
  }

  /// The names of the sources' files, for samples that name documents of other sources.
  var names: SourceNames { SourceNames(sources: sourceNames, paths: paths, digest: pathsDigest) }

  /// The name of a file of an input part, as messages show it.
  func file(_ file: UInt32, of source: Int, inputPart: Int) -> String? {
    let files = paths[source][inputPart]
    return Int(file) < files.count ? files[Int(file)] : nil
  }

  /// Adds the accounts of ingest.
  mutating func add(_ ingested: [[IngestedPart]]) throws(CuveeError) {
    for part in ingested.joined() {
      try add(
        .ingest, part.text.key, of: part.text.source, inputPart: part.text.inputPart,
        part.facts.steps)
    }
  }

  /// The account of a source, by the numbers of its entries.
  func account(of source: Int) -> [StepAccount] {
    var account: [StepAccount] = .empty(entries[source].count)
    for part in parts[source] { account.add(part.steps) }
    return account
  }
}
