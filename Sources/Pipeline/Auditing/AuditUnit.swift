import Bytes
import Documents
import Shards
import Streams

/// What a unit has written down of a source, for its account.
struct AuditPart: Sendable {
  /// The stage and the key of the unit.
  let stage: Stage
  let key: Digest
  /// What the unit's steps have done, by the numbers of the source's entries.
  let steps: [StepAccount]
  /// The names of the files of its input part.
  let paths: [String]
  /// What barriers have removed of its text part.
  let marks: [PartMarks]
}

/// What audit says of a source.
struct AuditFacts: Codable, Sendable {
  /// The file of the samples.
  var samples: SeekableZstdSummary
  /// How many samples it has of each step, by the id of its entry; its order is that of the steps.
  var counts: [String: Int]
  /// The file of the documents that stayed for them; nil where no barrier has removed anything.
  var kept: SeekableZstdSummary?
}

/// Gathers the samples of what was dropped and cut of a source.
struct AuditUnit: KeyedUnit {
  typealias Facts = AuditFacts
  static let stage = Stage.audit
  static let fileName = "samples.jsonl.zst"
  static let keptFileName = "kept.jsonl.zst"

  let sourceName: String
  let entries: StepEntries
  let parts: [AuditPart]
  /// The first bad records, by reason.
  let badRecords: [BadRecordReport]
  let level: Int32
  let names: SourceNames

  var label: String { sourceName }
  var size: UInt64 { 0 }

  var key: Digest {
    var key = KeyBuilder("audit", version: ToolVersion.formats)
    for entry in entries.all {
      key.add("entry", entry.id)
      key.add("step", entry.step)
      key.add("reason", entry.reason)
    }
    for part in parts {
      key.add("part", part.key)
      for path in part.paths { key.add("path", path) }
      for mark in part.marks {
        key.add("mark", mark.key)
        for id in entries.ids(mark.entries) { key.add("entry", id) }
      }
    }
    if parts.contains(where: { !$0.marks.isEmpty }) { key.add("names", names.digest) }
    for bad in badRecords { key.add("bad", bad.line) }
    key.add("level", level)
    key.add("zstd", ZstdLibrary.version)
    return key.key
  }

  func produce(
    into folder: String, _ environment: UnitEnvironment
  ) throws(CuveeError) -> AuditFacts {
    var found: [[(sample: AuditSample, path: String, part: Int)]] = Array(
      repeating: [], count: entries.count)
    for (index, part) in parts.enumerated()
    where part.steps.contains(where: { $0 != StepAccount() }) {
      let samples = try SampleKeeper.read(
        from: environment.cache.open(part.stage, part.key), entries)
      for sample in samples {
        guard Int(sample.file) < part.paths.count else {
          throw .failed("a sample of \(sourceName) is of a file that its part does not have")
        }
        found[sample.entry].append((sample, part.paths[Int(sample.file)], index))
      }
    }
    var file = try FramedFile(path: folder + "/" + Self.fileName, level: level)
    var removed: [KeptDocuments.Wanted] = []
    var counts: [String: Int] = [:]
    for (entry, samples) in zip(entries.all, found) where !samples.isEmpty {
      let first = samples.sorted { a, b in
        if a.sample.order != b.sample.order { return a.sample.order < b.sample.order }
        return a.path != b.path
          ? a.path.utf8.lexicographicallyPrecedes(b.path.utf8)
          : a.sample.json.lexicographicallyPrecedes(b.sample.json)
      }.prefix(AuditSample.kept)
      counts[entry.id] = first.count
      for (sample, path, part) in first {
        if let place = sample.removed {
          removed.append(
            KeptDocuments.Wanted(
              id: entry.id, step: entry.step, reason: entry.reason, place: place, part: part,
              entry: sample.entry))
        }
        file.pending += Array("{\"step\":".utf8)
        JSONText.appendString(entry.step, to: &file.pending)
        file.pending += Array(",\"reason\":".utf8)
        JSONText.appendString(entry.reason, to: &file.pending)
        file.pending += Array(",\"file\":".utf8)
        JSONText.appendString(path, to: &file.pending)
        file.pending += [0x2C] + sample.json + [0x7D, 0x0A]
        try file.endEntry()
      }
    }
    for bad in badRecords {
      file.pending += Array(
        "{\"step\":\"read\",\"reason\":\"\(bad.reason.rawValue)\",\"file\":".utf8)
      JSONText.appendString(bad.path, to: &file.pending)
      file.pending += Array(",\"record\":\(bad.record),\"kind\":\"record\",\"detail\":".utf8)
      JSONText.appendString(bad.detail, to: &file.pending)
      file.pending += [0x7D, 0x0A]
      try file.endEntry()
    }
    let samples = try file.finish()
    let kept = try KeptDocuments(parts: parts, names: names, cache: environment.cache).write(
      removed, to: folder + "/" + Self.keptFileName, level: level)
    return AuditFacts(samples: samples, counts: counts, kept: kept)
  }
}
