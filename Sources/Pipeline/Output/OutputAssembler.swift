import Bytes
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
  let folder: OutputFolder

  /// Writes the output, unless the same output is there already.
  ///
  /// - Parameter replace: Whether another finished output may go.
  /// - Returns: The manifest of the output.
  /// - Throws: `failed` where another output may not go, `io` where a file cannot be placed.
  func assemble(replace: Bool) throws(CuveeError) -> Manifest {
    // The list of inputs is made beside the output first: the manifest names its digest.
    let staging = try StagedDirectory(
      finalPath: "\(cache.stagingRoot)/inputs", stagingRoot: cache.stagingRoot)
    let inputsFile = "\(staging.path)/\(OutputLayout.inputs)"
    let inputs = try InputsFile.write(
      inputRecords(), to: inputsFile, level: plan.mixture.output.compressionLevel)
    let manifest = manifest(inputs: inputs)
    let there = try folder.finishedManifest()
    if let there, there == manifest, try folder.holdsAll(of: there) { return there }
    // What is there of the same output may go: a file of it is missing or was cut short.
    try folder.prepare(replace: replace || there == manifest)
    var next = 0
    for phase in manifest.phases {
      for shard in phase.shards {
        let files = cache.folder(.write, run.shards[next].key)
        try folder.place("\(files)/\(WriteUnit.shardFile)", as: shard.content.file)
        try folder.place("\(files)/\(WriteUnit.segmentsFile)", as: shard.segments.file)
        next += 1
      }
    }
    for (source, table) in zip(plan.sources, run.documents) {
      guard let table else { continue }
      for entry in table.facts.entries(source: source.name) {
        let name = entry.file.split(separator: "/").last.map(String.init) ?? entry.file
        try folder.place("\(cache.folder(.documents, table.key))/\(name)", as: entry.file)
      }
    }
    for (source, audit) in zip(plan.sources, run.audits) {
      guard let audit else { continue }
      try folder.place(
        "\(cache.folder(.audit, audit.key))/\(AuditUnit.fileName)",
        as: OutputLayout.audit(source: source.name))
    }
    try folder.place(inputsFile, as: OutputLayout.inputs)
    _ = consume staging
    try folder.finish(manifest)
    return manifest
  }

  private func inputRecords() -> [InputRecord] {
    zip(plan.sources, run.inputs).flatMap { source, inputs in
      zip(source.files, inputs.digests).map { file, digest in
        InputRecord(
          source: source.name, path: file.displayPath, size: file.status.size,
          sha256: digest.sha256)
      }
    }
  }

  private func manifest(inputs: SeekableZstdSummary) -> Manifest {
    let tables = zip(plan.sources, run.documents).flatMap { source, table in
      table?.facts.entries(source: source.name) ?? []
    }
    let audits = zip(plan.sources, run.audits).compactMap { source, audit in
      audit.map { FileEntry(file: OutputLayout.audit(source: source.name), summary: $0.facts) }
    }
    let tokenizer = plan.tokenizer
    return Manifest(
      toolVersion: ToolVersion.current, zstdVersion: ZstdLibrary.version,
      name: plan.mixture.name, seed: plan.mixture.seed,
      tokenizer: ManifestTokenizer(
        name: tokenizer.name, sha256: tokenizer.sha256, pattern: plan.givenPattern,
        specialTokens: plan.specialTokens.rawValue,
        vocabularySize: tokenizer.vocabularySize, endOfDocument: tokenizer.endOfDocument,
        pad: tokenizer.pad, dtype: run.mix.columns.width.dtype),
      sequenceLength: plan.sequenceLength,
      output: ManifestOutput(
        shardSize: plan.mixture.output.shardSize,
        compressionLevel: plan.mixture.output.compressionLevel),
      phases: phases(),
      sources: plan.sources.map { SourceAccount(plan: plan, run: run, source: $0).manifest },
      files: [FileEntry(file: OutputLayout.inputs, summary: inputs)] + tables + audits)
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
          name: phase.name, folder: phase.folder, objective: phase.objective,
          firstRow: firstRow, rows: rows, tokens: rows * length,
          targetTokens: phase.targetTokens,
          sources: active.map {
            ManifestShare(
              name: plan.sources[$0].name, weightNumerator: phase.weights.numerators[$0],
              weightDenominator: phase.weights.denominator, rows: UInt64(facts.rowsBySource[$0]),
              phaseRows: rows)
          },
          greatestPrefixError: facts.greatestPrefixError,
          prefixErrorBound: facts.stretches > 1 ? nil : facts.prefixErrorBound,
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
