import Mixing
import Shards

/// What was read, dropped and used of a source, for the manifest.
struct SourceAccount {
  let plan: Plan
  let run: FinishedRun
  let source: PlannedSource

  /// The account.
  var manifest: ManifestSource {
    var read = Tally()
    var bad: [String: UInt64] = [:]
    for part in run.ingested[source.index] {
      read += part.facts.read
      for (reason, count) in part.facts.badRecords { bad[reason, default: 0] += count }
    }
    var kept = Tally()
    var specialTokens: UInt64 = 0
    for part in run.tokens[source.index] {
      kept += part.facts.kept
      specialTokens += part.facts.specialTokens
    }
    let entries = source.steps.entries.all
    let steps = run.ledger.account(of: source.index)
    let samples = run.audits[source.index]?.facts.counts ?? [:]
    let bytes = byteAccount(read: read.bytes, kept: kept.bytes, steps)
    var dropped: [String: UInt64] = [:]
    for (entry, step) in zip(entries, steps) where step.documents.documents > 0 {
      dropped[entry.reason, default: 0] += step.documents.documents
    }
    return ManifestSource(
      name: source.name, files: UInt64(source.files.count), reader: ManifestReader(source),
      documents: ManifestAccount(read: read.documents, kept: kept.documents, dropped: dropped),
      bytes: bytes,
      steps: zip(entries, steps).filter { $0.isShown || $1 != StepAccount() }
        .map { ManifestStep($0, $1, samples: samples[$0.id] ?? 0) },
      specialTokens: specialTokens, badRecords: bad, tokens: tokens, rows: rows)
  }

  private func byteAccount(
    read: UInt64, kept: UInt64, _ steps: [StepAccount]
  ) -> ManifestAccount {
    var dropped: [String: UInt64] = [:]
    var trimmed: Int64 = 0
    for (entry, step) in zip(source.steps.entries.all, steps) {
      let bytes = step.documents.bytes + step.lines.bytes
      if bytes > 0 { dropped[entry.reason, default: 0] += bytes }
      trimmed += step.trimmedBytes
    }
    if trimmed > 0 { dropped[ManifestAccount.trimmed] = UInt64(trimmed) }
    return ManifestAccount(
      read: read, kept: kept, dropped: dropped,
      added: trimmed < 0 ? UInt64(-trimmed) : nil)
  }

  private var epochs: UInt64 { UInt64(run.mix.epochs(of: source.index)) }
  private var usedRows: UInt64 { UInt64(run.mix.facts.sourceRows[source.index]) }

  private var tokens: ManifestTokens {
    let total = UInt64(run.mix.supplies[source.index].tokens)
    let used = usedRows * UInt64(plan.sequenceLength)
    let tail =
      UInt64(ConcatenatePacking.tail(tokens: total, rowLength: plan.sequenceLength)) * epochs
    return ManifestTokens(
      total: total, epochsBegun: epochs, used: used, tail: tail,
      unused: total * epochs - used - tail)
  }

  private var rows: ManifestRows {
    ManifestRows(
      perEpoch: UInt64(run.mix.supplies[source.index].rowsPerEpoch), used: usedRows)
  }
}

extension ManifestStep {
  /// The account of a step.
  fileprivate init(_ entry: StepEntries.Entry, _ account: StepAccount, samples: Int) {
    self.init(
      id: entry.id, step: entry.step, reason: entry.reason, documents: account.documents.documents,
      documentBytes: account.documents.bytes, lines: account.lines.documents,
      lineBytes: account.lines.bytes, editedLines: account.editedLines,
      samples: UInt64(samples), found: account.found)
  }
}
