import Bytes
import Deduplication

extension Run {
  /// Takes the sources through their steps, each through its own, then all through the barriers
  /// across sources.
  func applySteps(
    _ ingested: [[IngestedPart]], _ ledger: inout AuditLedger
  ) throws -> [[MarkedTextPart]] {
    var marked = ingested.map { $0.map { MarkedTextPart(text: $0.text) } }
    for source in plan.sources {
      for step in source.steps.barriers {
        try apply(
          PlannedBarrier(barrier: step.barrier, sources: [(source.index, step.entries)]),
          to: &marked, ledger)
        if !step.chain.isEmpty {
          try filter(&marked[source.index], source, step.chain, &ledger)
        }
      }
    }
    for barrier in plan.barriers { try apply(barrier, to: &marked, ledger) }
    return marked
  }

  /// Applies the rules after a barrier to a source.
  private func filter(
    _ parts: inout [MarkedTextPart], _ source: PlannedSource, _ chain: SourceSteps.Chain,
    _ ledger: inout AuditLedger
  ) throws {
    let places = parts.indices.filter { !parts[$0].text.facts.frameDocuments.isEmpty }
    let units = places.map { FilterUnit(part: parts[$0], chain: chain, sourceName: source.name) }
    for (place, (unit, facts)) in zip(places, zip(units, try runner.run(units))) {
      let old = parts[place].text
      ledger.add(
        .filter, unit.key, of: source.index, inputPart: old.inputPart, entries: unit.entries,
        facts.steps, marks: parts[place].marks)
      parts[place] = MarkedTextPart(
        text: TextPart(
          source: old.source, inputPart: old.inputPart, stage: .filter, key: unit.key,
          facts: facts.text))
    }
  }

  /// Sign, resolve, mark.
  private func apply(
    _ planned: PlannedBarrier, to marked: inout [[MarkedTextPart]], _ ledger: AuditLedger
  ) throws {
    // The parts in the order of their priority; a part's place in it is its rank.
    let places = planned.sources.flatMap { source, entries in
      marked[source].indices.map { (source: source, part: $0, entries: entries) }
    }.filter { !marked[$0.source][$0.part].text.facts.frameDocuments.isEmpty }
    let documents = places.reduce(0) {
      $0 + marked[$1.source][$1.part].text.facts.kept.documents
    }
    let buckets = Self.buckets(documents: documents, bucketBytes: plan.options.limits.bucketBytes)
    let signs = places.map {
      SignUnit(
        part: marked[$0.source][$0.part], barrier: planned.barrier, buckets: buckets,
        sourceName: plan.sources[$0.source].name)
    }
    let signed = try runner.run(signs)
    try Self.requireComparableTimes(
      zip(places, signed).map { place, facts in
        (
          place.source, marked[place.source][place.part].text.inputPart,
          facts.times ?? TimeForms()
        )
      }, keep: planned.barrier.keep, ledger)
    let signatures = signed.reduce(0) { $0 + $1.signatures }
    let keys = signs.map(\.key)
    let keysDigest = Self.digest(of: keys)
    let resolves = (0..<buckets).map {
      ResolveUnit(
        barrier: planned.barrier, bucket: $0, signatures: keys, signaturesDigest: keysDigest,
        size: signatures * Self.signatureBytes / UInt64(buckets))
    }
    _ = try runner.run(resolves)
    let resolved = resolves.map(\.key)
    let resolvedDigest = Self.digest(of: resolved)
    let marks = signs.indices.map {
      MarkUnit(
        rank: $0, resolved: resolved, resolvedDigest: resolvedDigest, label: signs[$0].label)
    }
    let facts = try runner.run(marks)
    let parts = places.map { marked[$0.source][$0.part].text }
    for (place, (unit, facts)) in zip(places, zip(marks, facts)) where facts.removals > 0 {
      marked[place.source][place.part].marks.append(
        PartMarks(
          key: unit.key, digest: facts.digest, scope: planned.barrier.scope,
          entries: place.entries, parts: parts))
    }
  }

  /// Bytes of a signature on disk, for the number of buckets.
  private static let signatureBytes: UInt64 = 32

  /// The number of buckets: a power of two, so that a bucket stays below a size on average.
  static func buckets(documents: UInt64, bucketBytes: UInt64) -> Int {
    var buckets = 1
    while UInt64(buckets) * bucketBytes < documents * signatureBytes,
      buckets < SignatureFileWriter.maximumBuckets
    {
      buckets *= 2
    }
    return buckets
  }

  private static func digest(of keys: [Digest]) -> Digest {
    var key = KeyBuilder("list", version: ToolVersion.formats)
    key.add("keys", keys)
    return key.key
  }
}
