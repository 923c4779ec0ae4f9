import Bytes
import Declarations
import Documents
import MixtureFiles
import Mixing
import Shards
import Streams

extension Run {
  /// Orders the rows, and says what is short, and why, before anything else is done.
  func mix(
    _ tokens: [[StoredTokenPart]], _ ingested: [[IngestedPart]], _ ledger: AuditLedger
  ) throws -> FinishedMix {
    let length = plan.sequenceLength
    let supplies = plan.sources.map { source in
      let count = tokens[source.index].reduce(0) { $0 + $1.facts.tokens }
      return SourceSupply(
        name: source.name, rowsPerEpoch: ConcatenatePacking.rows(tokens: count, rowLength: length),
        tokens: Int(count))
    }
    guard let width = TokenWidth(rawValue: plan.tokenWidth) else {
      throw CuveeError.failed("a token has 2 or 4 bytes")
    }
    let columns = RowColumns(sequenceLength: length, width: width)
    let unit = MixUnit(
      supplies: supplies,
      phases: plan.phases.map { PhaseDemand(name: $0.name, rows: $0.rows, weights: $0.weights) },
      maxEpochs: plan.mixture.repetition.maxEpochs,
      whenExhausted: plan.mixture.repetition.whenExhausted, sequenceLength: length,
      rowsPerShard: columns.rowsPerShard(sizeLimit: plan.mixture.output.shardSize),
      place: plan.mixture.displayPath)
    let facts: MixFacts?
    do {
      facts = try runner.run([unit]).first
    } catch let error as CuveeError where error.kind == .badData {
      let losses = try unit.shortSources.flatMap { try self.losses(of: $0, ingested, ledger) }
      throw CuveeError(error.kind, ([error.message] + losses).joined(separator: "\n"))
    }
    guard let facts else { throw CuveeError.failed("mix gave no order") }
    return FinishedMix(key: unit.key, facts: facts, supplies: supplies, columns: columns)
  }

  /// Where the records of a source have gone that is short of tokens. Its audit stays in the cache.
  private func losses(
    of index: Int, _ ingested: [[IngestedPart]], _ ledger: AuditLedger
  ) throws -> [String] {
    let source = plan.sources[index]
    let audit = try writeAudits(ledger, ingested)[index]
    let folder = try audit.map { try runner.cache.open(.audit, $0.key) }
    return try LossAccount(
      source, ingested[index].map(\.facts),
      ledger.account(of: index), samplesFolder: folder, counts: audit?.facts.counts ?? [:]
    ).lines
  }

  /// Writes all shards.
  func write(_ mix: FinishedMix, _ supplies: [RowSupply]) throws -> [FinishedShard] {
    let folder = try runner.cache.open(.mix, mix.key)
    let units = try mix.facts.shards.indices.map {
      try WriteUnit(
        ordinal: $0, mix: mix, mixFolder: folder, supplies: supplies,
        sizeLimit: plan.mixture.output.shardSize, level: plan.mixture.output.compressionLevel)
    }
    return zip(units, try runner.run(units)).map {
      FinishedShard(key: $0.key, facts: $1)
    }
  }

  /// Writes the table of the documents of every source that has rows.
  func writeDocuments(
    _ tokens: [[StoredTokenPart]], _ inputs: [SourceInputs], _ mix: FinishedMix,
    _ supplies: [RowSupply]
  ) throws -> [(key: Digest, facts: DocumentsSummary)?] {
    let used = plan.sources.filter { mix.facts.sourceRows[$0.index] > 0 }
    let units = used.map { source in
      let index = source.index
      var firstDocument: UInt64 = 0
      let parts = tokens[index].map { part in
        defer { firstDocument += part.facts.documents }
        return DocumentsUnit.Input(
          part: part, firstDocument: firstDocument,
          files: inputs[index].parts[part.inputPart].files.map {
            inputs[index].firstFile + UInt32($0.fileInSource)
          })
      }
      let epochs = supplies[index].epochs.enumerated().map { epoch, key in
        (
          key: key,
          tokens: UInt64(mix.rowsUsed(of: index, epoch: epoch) * plan.sequenceLength)
        )
      }
      return DocumentsUnit(
        sourceName: source.name, inputs: parts, epochs: epochs, width: plan.tokenWidth,
        level: plan.mixture.output.compressionLevel)
    }
    var tables = [(key: Digest, facts: DocumentsSummary)?](
      repeating: nil, count: plan.sources.count)
    for (source, (unit, facts)) in zip(used, zip(units, try runner.run(units))) {
      tables[source.index] = (unit.key, facts)
    }
    return tables
  }
}

extension Run {
  /// Writes the list of the input files.
  func writeInputs(
    _ inputs: [SourceInputs]
  ) throws -> (key: Digest, facts: SeekableZstdSummary) {
    let records = zip(plan.sources, inputs).flatMap { source, inputs in
      zip(source.files, inputs.digests).map { file, digest in
        InputRecord(
          source: source.name, path: file.displayPath, size: file.status.size,
          sha256: digest.sha256)
      }
    }
    let unit = InputsUnit(records: records, level: plan.mixture.output.compressionLevel)
    guard let facts = try runner.run([unit]).first else {
      throw CuveeError.failed("inputs gave no list")
    }
    return (unit.key, facts)
  }

  /// Gathers the samples of what was dropped and cut of every source of which something was.
  func writeAudits(
    _ ledger: AuditLedger, _ ingested: [[IngestedPart]]
  ) throws -> [(key: Digest, facts: AuditFacts)?] {
    var units: [(source: Int, unit: AuditUnit)] = []
    for source in plan.sources {
      let parts = ledger.parts[source.index]
      var shown: [String: Int] = [:]
      let bad = ingested[source.index].flatMap(\.facts.reports).filter { report in
        shown[report.reason.rawValue, default: 0] += 1
        return shown[report.reason.rawValue, default: 0] <= AuditSample.kept
      }
      let hasLosses = parts.contains { $0.steps.contains { $0 != StepAccount() } }
      guard hasLosses || !bad.isEmpty else { continue }
      units.append(
        (
          source.index,
          AuditUnit(
            sourceName: source.name, entries: source.steps.entries, parts: parts, badRecords: bad,
            level: plan.mixture.output.compressionLevel, names: ledger.names)
        ))
    }
    var audits = [(key: Digest, facts: AuditFacts)?](
      repeating: nil, count: plan.sources.count)
    for ((source, unit), facts) in zip(units, try runner.run(units.map(\.unit))) {
      audits[source] = (unit.key, facts)
    }
    return audits
  }
}
