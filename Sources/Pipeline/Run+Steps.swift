import Bytes
import Deduplication

extension Run {
  /// Takes the sources through the program, operation by operation.
  func applySteps(
    _ ingested: [[IngestedPart]], _ ledger: inout AuditLedger
  ) throws -> [[MarkedTextPart]] {
    var marked = ingested.map { $0.map { MarkedTextPart(text: $0.text) } }
    for operation in plan.program.operations where !operation.isIngested {
      switch operation.action {
      case .chain(let chain):
        for scope in operation.scope {
          try filter(&marked[scope.source], plan.sources[scope.source], chain, &ledger)
        }
      case .barrier(let barrier): try apply(barrier, operation.scope, to: &marked, ledger)
      }
    }
    return marked
  }

  /// Applies the rules after a barrier to a source.
  private func filter(
    _ parts: inout [MarkedTextPart], _ source: PlannedSource, _ chain: SourceSteps.Chain,
    _ ledger: inout AuditLedger
  ) throws {
    let places = parts.indices.filter { !parts[$0].text.facts.frameDocuments.isEmpty }
    let units = places.map {
      FilterUnit(
        part: parts[$0], chain: chain, sourceName: source.name, entries: source.steps.entries)
    }
    for (place, (unit, facts)) in zip(places, zip(units, try runner.run(units))) {
      let old = parts[place].text
      try ledger.add(
        .filter, unit.key, of: source.index, inputPart: old.inputPart, facts.steps,
        marks: parts[place].marks)
      parts[place] = MarkedTextPart(
        text: TextPart(
          source: old.source, inputPart: old.inputPart, stage: .filter, key: unit.key,
          facts: facts.text))
    }
  }

  /// Sign, resolve, mark.
  private func apply(
    _ barrier: any Barrier, _ scope: [Program.Scope], to marked: inout [[MarkedTextPart]],
    _ ledger: AuditLedger
  ) throws {
    // The parts in the order of their priority; a part's place in it is its rank.
    let places = scope.flatMap { scope in
      marked[scope.source].indices.map {
        (source: scope.source, part: $0, entries: scope.entries)
      }
    }.filter { !marked[$0.source][$0.part].text.facts.frameDocuments.isEmpty }
    let signs = places.map {
      SignUnit(
        part: marked[$0.source][$0.part], barrier: barrier,
        sourceName: plan.sources[$0.source].name,
        entries: plan.sources[$0.source].steps.entries.count)
    }
    let signed = try runner.run(signs)
    try Self.requireComparableTimes(
      zip(places, signed).map { place, facts in
        (
          place.source, marked[place.source][place.part].text.inputPart,
          facts.times ?? TimeForms()
        )
      }, keep: barrier.keep, ledger)
    let keys = signs.map(\.key)
    let keysDigest = Self.digest(of: keys)
    let resolves = buckets(of: signed).enumerated().map { ordinal, bucket in
      ResolveUnit(
        barrier: barrier, bucket: bucket, signatures: keys, signaturesDigest: keysDigest,
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
          key: unit.key, digest: facts.digest, scope: barrier.scope,
          entries: place.entries, parts: parts))
    }
  }

  /// The buckets of a barrier, by the signatures that its parts have in each slot.
  private func buckets(of signed: [SignFacts]) -> [SignatureBucket] {
    var counts = [UInt64](repeating: 0, count: SignatureSlots.count)
    for part in signed {
      for (slot, count) in part.signatures.counts.enumerated() { counts[slot] += count }
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
