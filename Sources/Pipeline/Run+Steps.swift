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
    let signs = places.map {
      SignUnit(
        part: marked[$0.source][$0.part], barrier: planned.barrier,
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
    let keys = signs.map(\.key)
    let keysDigest = Self.digest(of: keys)
    let resolves = try buckets(of: signed).enumerated().map { ordinal, bucket in
      ResolveUnit(
        barrier: planned.barrier, bucket: bucket, signatures: keys, signaturesDigest: keysDigest,
        ordinal: ordinal)
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

  /// The buckets of a barrier, by the signatures that its parts have in each slot.
  private func buckets(of signed: [SignFacts]) throws(CuveeError) -> [SignatureBucket] {
    var counts = [UInt64](repeating: 0, count: SignatureSlots.count)
    for part in signed {
      // Facts are read from the cache.
      guard part.signatures.count == counts.count, part.signatures.allSatisfy({ $0 < 1 << 40 })
      else { throw .failed("a receipt of stage sign does not have a number for each slot") }
      for (slot, count) in part.signatures.enumerated() { counts[slot] += count }
    }
    return SignatureBucket.all(
      counts: counts, limit: UInt64(plan.options.limits.bucketSignatures))
  }

  private static func digest(of keys: [Digest]) -> Digest {
    var key = KeyBuilder("list", version: ToolVersion.formats)
    key.add("keys", keys)
    return key.key
  }
}
