import Bytes
import Declarations
import Mixing
import MixtureFiles
import Shards
import Streams
import Tokenizers

/// Puts the results of a finished walk together: shards, documents, inputs and the manifest.
struct OutputAssembler {
  let plan: Plan
  let run: FinishedRun
  let cache: StageCache
  var folder: OutputFolder

  /// What came of putting an output together.
  struct Outcome {
    /// The manifest of the output.
    let manifest: Manifest
    /// The files in its folder that are not Cuvee's and were left as they are.
    let foreign: [String]
  }

  /// Writes the output, unless the same output is there already and whole.
  ///
  /// - Parameter replace: Whether another finished output may go.
  /// - Returns: The manifest, and what was left alone.
  /// - Throws: `failed` where another output may not go or a unit of the cache is damaged, `io`
  ///   where a file cannot be placed.
  mutating func assemble(replace: Bool) throws(CuveeError) -> Outcome {
    let recipe = try Recipe(plan)
    let manifest = manifest(recipe)
    let there = try folder.finishedManifest()
    if let there, there == manifest, try folder.holdsAll(of: there) {
      return Outcome(manifest: there, foreign: [])
    }
    // Before anything is removed: all that will be placed is there and whole.
    let placements = try placements(manifest)
    // What is there of the same output may go: a file of it is missing or was changed, or the recipe
    // has other words for the same.
    let isSame = there?.name == manifest.name && there?.contentDigest == manifest.contentDigest
    let foreign = try folder.prepare(for: manifest, replace: replace || isSame)
    for (cached, name) in placements { try folder.place(cached, as: name) }
    for (path, bytes) in recipe.files { try folder.write(bytes, as: path) }
    try folder.finish(manifest)
    return Outcome(manifest: manifest, foreign: foreign)
  }

  /// The files of the cache, checked, with the names that they get in the output.
  private func placements(
    _ manifest: Manifest
  ) throws(CuveeError) -> [(cached: String, name: String)] {
    var placements: [(cached: String, name: String)] = []
    for (shard, written) in zip(manifest.phases.flatMap(\.shards), run.shards) {
      let files = try cache.open(.write, written.key)
      placements.append(("\(files)/\(WriteUnit.shardFile)", shard.content.file))
      placements.append(("\(files)/\(WriteUnit.segmentsFile)", shard.segments.file))
    }
    for (source, table) in zip(plan.sources, run.documents) {
      guard let table else { continue }
      let files = try cache.open(.documents, table.key)
      for entry in table.facts.entries(source: source.name) {
        let name = entry.file.split(separator: "/").last.map(String.init) ?? entry.file
        placements.append(("\(files)/\(name)", entry.file))
      }
    }
    for (source, audit) in zip(plan.sources, run.audits) {
      guard let audit else { continue }
      let files = try cache.open(.audit, audit.key)
      placements.append(
        ("\(files)/\(AuditUnit.fileName)", OutputLayout.audit(source: source.name)))
      guard audit.facts.kept != nil else { continue }
      placements.append(
        ("\(files)/\(AuditUnit.keptFileName)", OutputLayout.keptDocuments(source: source.name)))
    }
    placements.append(
      ("\(try cache.open(.inputs, run.list.key))/\(OutputLayout.inputs)", OutputLayout.inputs))
    return placements
  }

  private func manifest(_ recipe: Recipe) -> Manifest {
    let tables = zip(plan.sources, run.documents).flatMap { source, table in
      table?.facts.entries(source: source.name) ?? []
    }
    let audits = zip(plan.sources, run.audits).compactMap { source, audit in
      audit.map {
        FileEntry(file: OutputLayout.audit(source: source.name), summary: $0.facts.samples)
      }
    }
    let kept = zip(plan.sources, run.audits).compactMap { source, audit in
      audit?.facts.kept.map {
        FileEntry(file: OutputLayout.keptDocuments(source: source.name), summary: $0)
      }
    }
    let tokenizer = plan.tokenizer
    return Manifest(
      toolVersion: ToolVersion.current, zstdVersion: ZstdLibrary.version,
      name: plan.mixture.name, seed: plan.mixture.seed,
      tokenizer: ManifestTokenizer(
        name: tokenizer.name, sha256: tokenizer.sha256, path: plan.tokenizerPath,
        pattern: plan.givenPattern,
        specialTokens: plan.specialTokens.rawValue,
        vocabularySize: tokenizer.vocabularySize,
        beginningOfDocument: tokenizer.beginningOfDocument, endOfDocument: tokenizer.endOfDocument,
        pad: tokenizer.pad, dtype: run.mix.columns.width.dtype),
      sequenceLength: plan.sequenceLength,
      output: ManifestOutput(
        shardSize: plan.mixture.output.shardSize,
        compressionLevel: plan.mixture.output.compressionLevel),
      phases: phases(),
      sources: plan.sources.map { SourceAccount(plan: plan, run: run, source: $0).manifest },
      recipe: recipe.manifest, evidence: kept,
      files: [FileEntry(file: OutputLayout.inputs, summary: run.list.facts)] + tables + audits)
  }

  private func phases() -> [ManifestPhase] {
    let length = UInt64(plan.sequenceLength)
    var firstRow: UInt64 = 0
    var phases: [ManifestPhase] = []
    for (index, phase) in plan.phases.enumerated() {
      let facts = run.mix.facts.phases[index]
      let rows = UInt64(facts.rows)
      let active = plan.sources.indices.filter { phase.weights.numerators[$0] > 0 }
      let shards = zip(run.mix.facts.shards, run.shards).filter { $0.0.phase == index }
      phases.append(
        ManifestPhase(
          name: phase.name, folder: phase.folder, objective: phase.objective.rawValue,
          firstRow: firstRow, rows: rows, tokens: rows * length,
          targetTokens: phase.targetTokens,
          sources: active.map {
            ManifestShare(
              name: plan.sources[$0].name, weightNumerator: phase.weights.numerators[$0],
              weightDenominator: phase.weights.denominator, rows: UInt64(facts.rowsBySource[$0]),
              phaseRows: rows)
          },
          greatestPrefixError: facts.greatestPrefixError,
          prefixErrorBound: facts.prefixErrorBound, greatestPhaseError: facts.greatestPhaseError,
          stretches: facts.stretches.map { stretch in
            ManifestStretch(
              rows: UInt64(stretch.rows), exhausted: stretch.exhausted.map { plan.sources[$0].name }
            )
          },
          prefixCheckpoints: facts.checkpoints.map { checkpoint in
            ManifestCheckpoint(
              rows: UInt64(checkpoint.rows), tokens: UInt64(checkpoint.rows) * length,
              rowsBySource: active.map { UInt64(checkpoint.rowsBySource[$0]) })
          },
          shards: shards.enumerated().map { number, shard in
            ManifestShard(
              content: FileEntry(
                file: "\(phase.folder)/\(OutputLayout.shard(number))",
                summary: shard.1.facts.shard),
              firstRow: shard.0.firstRow, rows: UInt64(shard.0.rows),
              rowsBySource: active.map { UInt64(shard.1.facts.rowsBySource[$0]) },
              segments: FileEntry(
                file: "\(phase.folder)/\(OutputLayout.segments(number))",
                summary: shard.1.facts.segments))
          }))
      firstRow += rows
    }
    return phases
  }
}
