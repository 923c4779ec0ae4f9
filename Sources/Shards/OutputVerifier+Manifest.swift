import Bytes

extension OutputVerifier {
  /// Checks what the manifest says against itself.
  mutating func checkManifest() {
    let digest = ContentDigest.of(manifest.contentFiles)
    if digest != manifest.contentDigest {
      note("content_digest", "the digests of its files give \(digest)")
    }
    var names: Set<String> = []
    for file in manifest.allFiles where !names.insert(file.file).inserted {
      note("files", "\(file.file) is listed twice")
    }
    if manifest.columns == nil {
      note("tokenizer", "rows cannot hold tokens of type \"\(manifest.tokenizer.dtype)\"")
    }
    for source in manifest.sources { checkAccount(of: source) }
    checkRowNumbers()
  }

  private var sequenceLength: UInt64 { UInt64(max(0, manifest.sequenceLength)) }

  private mutating func checkAccount(of source: ManifestSource) {
    let part = "source \(source.name)"
    if !source.documents.isBalanced {
      note(part, "documents read are not kept + dropped")
    }
    if !source.bytes.isBalanced { note(part, "bytes read are not kept + dropped") }
    checkSteps(of: source)
    if !source.tokens.isBalanced {
      note(part, "tokens of the epochs begun are not used + tail + unused")
    }
    let used = source.rows.used.multipliedReportingOverflow(by: sequenceLength)
    if used.overflow || used.partialValue != source.tokens.used {
      note(part, "\(source.rows.used) rows used do not make \(source.tokens.used) tokens")
    }
    let begun =
      source.rows.perEpoch == 0
      ? 0
      : (source.rows.used / source.rows.perEpoch)
        + (source.rows.used.isMultiple(of: source.rows.perEpoch) ? 0 : 1)
    if begun != source.tokens.epochsBegun {
      note(part, "its rows begin \(begun) epochs, the manifest says \(source.tokens.epochsBegun)")
    }
  }

  private mutating func checkSteps(of source: ManifestSource) {
    var documents: [String: UInt64] = [:]
    var bytes: [String: UInt64] = [:]
    for step in source.steps {
      documents[step.reason, default: 0] &+= step.documents
      bytes[step.reason, default: 0] &+= step.documentBytes &+ step.lineBytes
    }
    bytes[ManifestAccount.trimmed] = source.bytes.dropped[ManifestAccount.trimmed] ?? 0
    let part = "source \(source.name)"
    if documents.filter({ $0.value > 0 }) != source.documents.dropped {
      note(part, "the documents dropped are not those of its steps")
    }
    if bytes.filter({ $0.value > 0 }) != source.bytes.dropped {
      note(part, "the bytes dropped are not those of its steps")
    }
  }

  private mutating func checkRowNumbers() {
    var row: UInt64 = 0
    for phase in manifest.phases {
      let part = "phase \(phase.name)"
      if phase.firstRow != row {
        note(part, "begins at row \(phase.firstRow), the one before ends at \(row)")
      }
      for shard in phase.shards {
        if shard.firstRow != row {
          note(part, "\(shard.content.file) begins at row \(shard.firstRow), not \(row)")
        }
        row = shard.firstRow &+ shard.rows
      }
      if phase.shards.reduce(0, { $0 &+ $1.rows }) != phase.rows
        || phase.sources.reduce(0, { $0 &+ $1.rows }) != phase.rows
      {
        note(part, "\(phase.rows) rows, its shards or its sources have another number")
      }
      if phase.rows.multipliedFullWidth(by: sequenceLength) != (0, phase.tokens) {
        note(part, "\(phase.rows) rows do not make \(phase.tokens) tokens")
      }
      checkWeights(of: phase)
    }
  }

  private mutating func checkWeights(of phase: ManifestPhase) {
    let part = "phase \(phase.name)"
    let denominators = Set(phase.sources.map(\.weightDenominator))
    let sum = phase.sources.reduce(0) { $0 &+ $1.weightNumerator }
    if denominators != [sum] { note(part, "its weights do not sum to 1") }
    let known = Set(manifest.sources.map(\.name))
    for share in phase.sources {
      if !known.contains(share.name) { note(part, "source \(share.name) is not in the list") }
      let expected = ManifestShare(
        name: share.name, weightNumerator: share.weightNumerator,
        weightDenominator: share.weightDenominator, rows: share.rows, phaseRows: phase.rows)
      if expected != share { note(part, "the shares of \(share.name) are not what its rows give") }
    }
  }

  /// Checks that every `index.json` says what the manifest says.
  mutating func checkIndexes() {
    let manifest = manifest
    for phase in manifest.phases.indices {
      let name = "\(manifest.phases[phase].folder)/\(OutputLayout.index)"
      checkIndex(name) { () throws(CuveeError) in try manifest.index(ofPhase: phase) }
    }
    checkIndex(OutputLayout.index) { () throws(CuveeError) in try manifest.indexOfAllPhases() }
  }

  private mutating func checkIndex(
    _ name: String, _ expected: () throws(CuveeError) -> MDSIndex
  ) {
    let path = "\(folder)/\(name)"
    let display = "\(displayPath)/\(name)"
    attempt(name) { (report) throws(CuveeError) in
      let found = try MDSIndex.read(path: path, displayPath: display)
      if found != (try expected()) { report.add(name, "it is not what the manifest says") }
    }
  }
}
