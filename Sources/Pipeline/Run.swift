import Bytes
import Foundation
import MixtureFiles
import Mixing
import Shards
import Streams

/// One walk through the stages of a plan.
public final class Run {
  let plan: Plan
  let runner: StageRunner
  let rehash: Bool
  /// The sources at whose records a glance was taken before they were read.
  var glancedAt: Set<Int> = []

  /// Creates a walk.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - cache: Where results are kept.
  ///   - workers: The number of threads.
  ///   - progress: What the walk is at.
  ///   - rehash: Whether inputs are read again whose digests are remembered.
  ///   - mode: What the walk is for.
  init(
    plan: Plan, cache: StageCache, workers: Int, progress: Progress, rehash: Bool = false,
    mode: StageRunner.Mode
  ) {
    self.plan = plan
    self.rehash = rehash
    runner = StageRunner(
      cache: cache, workers: workers, limits: plan.options.limits, progress: progress, mode: mode)
  }

  /// The sources after every stage has been done, with the shards.
  func walk() throws -> FinishedRun {
    let inputs = try digestInputs()
    let ingested = try ingest(inputs)
    var ledger = AuditLedger(plan: plan, inputs: inputs)
    try ledger.add(ingested)
    let marked = try applySteps(ingested, &ledger)
    let tokens = try tokenise(marked, &ledger)
    let mix = try mix(tokens, ingested, ledger)
    let supplies = try shuffle(tokens, inputs, mix)
    let shards = try write(mix, supplies)
    let documents = try writeDocuments(tokens, inputs, mix, supplies)
    let list = try writeInputs(inputs)
    let audits = try writeAudits(ledger, ingested)
    return FinishedRun(
      inputs: inputs, ingested: ingested, tokens: tokens, ledger: ledger, mix: mix,
      shards: shards, documents: documents, list: list, audits: audits)
  }
}

/// The facts of all stages of a finished walk: all that the output is assembled from.
struct FinishedRun {
  let inputs: [SourceInputs]
  let ingested: [[IngestedPart]]
  let tokens: [[StoredTokenPart]]
  /// What the steps have done to the documents of every source.
  let ledger: AuditLedger
  let mix: FinishedMix
  let shards: [FinishedShard]
  /// The documents table of every source, in the order of the sources; nil where none is used.
  let documents: [(key: Digest, facts: DocumentsSummary)?]
  /// The list of the input files.
  let list: (key: Digest, facts: SeekableZstdSummary)
  /// The samples of every source, in the order of the sources; nil where nothing was dropped.
  let audits: [(key: Digest, facts: AuditFacts)?]
}

/// The inputs of a source, digested and cut into parts.
struct SourceInputs {
  let digests: [DigestFacts]
  let parts: [InputPart]
  /// The ordinal of the source's first file in the mixture's list of inputs.
  let firstFile: UInt32
}

/// The order of the rows, with the epochs that it needs.
struct FinishedMix {
  let key: Digest
  let facts: MixFacts
  let supplies: [SourceSupply]
  let columns: RowColumns

  /// The epochs of a source that its rows begin.
  func epochs(of source: Int) -> Int {
    let rows = facts.sourceRows[source]
    let perEpoch = max(1, supplies[source].rowsPerEpoch)
    return (rows + perEpoch - 1) / perEpoch
  }

  /// The rows that are used of an epoch of a source.
  func rowsUsed(of source: Int, epoch: Int) -> Int {
    let perEpoch = supplies[source].rowsPerEpoch
    return min(perEpoch, facts.sourceRows[source] - epoch * perEpoch)
  }
}

/// A written shard.
struct FinishedShard {
  let key: Digest
  let facts: WriteFacts
}
