import Bytes
import Declarations
import Documents
import MixtureFiles
import Readers
import Streams

extension Run {
  /// Reads what input files have not been read before, and cuts them into parts.
  func digestInputs() throws -> [SourceInputs] {
    let partBytes = plan.options.limits.partBytes
    let batches = plan.sources.map {
      DigestUnit.batches($0.files, framing: $0.format.framing, partBytes: partBytes)
    }
    let units = batches.flatMap { $0 }
    if rehash {
      for unit in units { try runner.cache.forget(.digest, unit.key) }
    }
    let sources = batches.enumerated().flatMap { source, batches in batches.map { _ in source } }
    var facts = try runner.run(units, beforeWork: { try self.glance($0.map { sources[$0] }) })[...]
    var inputs: [SourceInputs] = []
    var first = 0
    for (source, batches) in zip(plan.sources, batches) {
      var digests: [DigestFacts] = []
      for (unit, facts) in zip(batches, facts) { digests += try facts.files(unit.files.count) }
      facts = facts.dropFirst(batches.count)
      inputs.append(
        SourceInputs(
          digests: digests,
          parts: InputPart.cut(
            source, digests: digests, partBytes: partBytes),
          firstFile: UInt32(first)))
      first += source.files.count
    }
    return inputs
  }

  /// Ingests all input parts; the text parts of each source in their order, those without a
  /// document too.
  func ingest(_ inputs: [SourceInputs]) throws -> [[IngestedPart]] {
    let sampling = plan.sampleBound.map {
      Sampling(bound: $0, seed: StableRandom.seed(plan.mixture.seed, purpose: "sample"))
    }
    let units = zip(plan.sources, inputs).flatMap { source, inputs in
      inputs.parts.map {
        IngestUnit(
          source: source, part: $0, sampling: sampling,
          failOnBadRecord: plan.mixture.onBadRecord == .fail, limits: plan.options.limits)
      }
    }
    var texts = [[IngestedPart]](repeating: [], count: plan.sources.count)
    let sources = units.map(\.source.index)
    for parts in try runner.run(units, beforeWork: { try self.glance($0.map { sources[$0] }) }) {
      for part in parts { texts[part.text.source].append(part) }
    }
    try checkBadRecords(texts)
    return texts
  }

  /// Refuses sources that give no document before hours of work on them; each is looked at once,
  /// and only where something of it is to be read.
  private func glance(_ indexes: [Int]) throws(CuveeError) {
    let new = Set(indexes).subtracting(glancedAt).sorted()
    glancedAt.formUnion(new)
    try plan.requireDocuments(of: new)
  }

  private func checkBadRecords(_ texts: [[IngestedPart]]) throws(CuveeError) {
    try BadShareLimit(plan.mixture).check(
      plan.badRecords(of: texts), place: plan.mixture.displayPath)
    guard let limit = plan.mixture.maxBadRecords else { return }
    let parts = texts.flatMap { $0 }
    let count = parts.reduce(0) { $0 + $1.facts.badRecords.values.reduce(0, +) }
    guard count > UInt64(limit) else { return }
    let first = parts.lazy.flatMap(\.facts.reports).first?.line ?? ""
    throw .badData(
      "\(count) bad records, and max_bad_records is \(limit); the first: \(first)")
  }
}

extension Plan {
  /// The account of the bad records of every source.
  func badRecords(of ingested: [[IngestedPart]]) -> [BadRecordSummary] {
    sources.map { BadRecordSummary($0.name, ingested[$0.index].map(\.facts)) }
  }
}
