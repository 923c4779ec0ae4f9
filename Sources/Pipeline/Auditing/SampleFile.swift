import Bytes
import Shards

/// Reads the samples of an output, or of an audit in the cache.
///
/// The file has the samples in the order of the steps, then the records that gave no document. Its
/// lines name their steps as people read them, and several steps may have the same name; how many
/// samples each has is said elsewhere.
enum SampleFile {
  /// The samples of a step.
  struct Group {
    let id: String
    let step: String
    let reason: String
    /// How many lines of the file are of it.
    let samples: Int
  }

  /// The groups of a source's file; nil where the output does not say how many samples a step has.
  static func groups(of source: ManifestSource) -> [Group]? {
    var groups: [Group] = []
    for step in source.steps {
      guard let id = step.id, let samples = step.samples else { return nil }
      groups.append(
        Group(id: id, step: step.step, reason: step.reason, samples: Int(clamping: samples)))
    }
    return groups
  }

  /// Reads a file; each sample of a step gets the step's id.
  ///
  /// - Throws: `badData` where its lines are not those of the steps; what reading it throws.
  static func read(
    path: String, displayPath: String, groups: [Group]?
  ) throws(CuveeError) -> [AuditReport.Sample] {
    var samples = try JSONLinesFile.read(
      AuditReport.Sample.self, path: path, displayPath: displayPath)
    var next = 0
    for group in groups ?? [] where group.samples > 0 {
      guard group.samples <= samples.count - next,
        samples[next..<next + group.samples].allSatisfy({
          $0.step == group.step && $0.reason == group.reason
        })
      else {
        throw .badData("\(displayPath): does not have the \(group.samples) samples of \(group.id)")
      }
      for index in next..<next + group.samples { samples[index].stepID = group.id }
      next += group.samples
    }
    return samples
  }
}
