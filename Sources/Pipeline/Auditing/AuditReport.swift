import Bytes
import Shards

/// What was lost of the sources of an output, and samples of it.
public struct AuditReport: Sendable, Codable {
  /// Documents and bytes before and after a step.
  public struct Step: Sendable, Codable {
    /// What the step has done.
    public var account: ManifestStep
    /// Documents that go on.
    public var documentsLeft: UInt64
    /// Bytes of their text but for what was trimmed, which no step is charged with.
    public var bytesLeft: UInt64

    enum CodingKeys: String, CodingKey {
      case account
      case documentsLeft = "documents_left"
      case bytesLeft = "bytes_left"
    }
  }

  /// A document that was dropped, a line that was cut or a record that gave no document.
  public struct Sample: Sendable, Codable, Equatable {
    /// The id of the step, which tells apart steps of the same name; not in the file.
    public var stepID: String?
    /// The step: `c4/line-end-marks`, or `read` of a record that gave no document.
    public var step: String
    /// The stable name of the reason.
    public var reason: String
    /// The input file.
    public var file: String
    /// The record's ordinal in the file, from 0.
    public var record: UInt64
    /// The offset of the record in the file's uncompressed bytes.
    public var offset: UInt64?
    /// The document's id.
    public var id: String?
    /// `document`, `line` or `record`.
    public var kind: String
    /// What the rule has measured.
    public var value: Double?
    /// What it was held against.
    public var threshold: Double?
    /// What the rule has found, where it looks for several things.
    public var found: String?
    /// The bytes of the document or line.
    public var bytes: UInt64?
    /// Its text, or the beginning of it.
    public var text: String?
    /// What is wrong with a record.
    public var detail: String?
    /// Of a duplicate: the document that stayed for it.
    public var kept: Kept?

    enum CodingKeys: String, CodingKey {
      case step, reason, file, record, offset, id, kind, value, threshold, found, bytes, text,
        detail, kept
      case stepID = "step_id"
    }
  }

  /// A document that stayed while its duplicates went.
  public struct Kept: Sendable, Codable, Equatable {
    /// Its source.
    public var source: String
    /// The input file.
    public var file: String
    /// The record's ordinal in the file, from 0.
    public var record: UInt64
    /// The document's id.
    public var id: String
  }

  /// A source.
  public struct Source: Sendable, Codable {
    /// Its name.
    public var name: String
    /// Records that gave no document, by reason.
    public var badRecords: [String: UInt64]
    /// Its documents.
    public var documents: ManifestAccount
    /// The bytes of its documents' text.
    public var bytes: ManifestAccount
    /// The steps, in order.
    public var steps: [Step]
    /// The samples that were asked for.
    public var samples: [Sample]

    enum CodingKeys: String, CodingKey {
      case name, documents, bytes, steps, samples
      case badRecords = "bad_records"
    }
  }

  /// The sources.
  public var sources: [Source]

  /// Reads the audit of an output.
  ///
  /// - Parameters:
  ///   - output: The output.
  ///   - source: The only source that is wanted; nil for all.
  ///   - rule: A rule, a reason or a step whose samples are wanted; nil for those of all.
  ///   - samples: How many samples of each step; 0 for none.
  /// - Throws: `badData` where the output has no such source or step.
  public init(
    _ output: OutputReader, source: String?, rule: String?, samples: Int
  ) throws(CuveeError) {
    let all = output.manifest.sources
    if let source, !all.contains(where: { $0.name == source }) {
      throw .badData(
        "no source \"\(source)\"; \(output.displayPath) has "
          + all.map(\.name).joined(separator: ", "))
    }
    sources = []
    for entry in all where source == nil || entry.name == source {
      sources.append(try Source(entry, output, rule: rule, samples: samples))
    }
    if let rule, !sources.contains(where: { $0.knows(rule) }) {
      let names = Set(sources.flatMap { $0.steps.map(\.account.step) + $0.badRecords.keys })
      throw .badData(
        "no step, rule or reason \"\(rule)\"; there are \(names.sorted().joined(separator: ", "))")
    }
  }
}

extension AuditReport.Source {
  fileprivate init(
    _ source: ManifestSource, _ output: OutputReader, rule: String?, samples: Int
  ) throws(CuveeError) {
    name = source.name
    badRecords = source.badRecords
    documents = source.documents
    bytes = source.bytes
    steps = []
    var documentsLeft = source.documents.read
    var bytesLeft = source.bytes.read
    for step in source.steps {
      documentsLeft -= min(documentsLeft, step.documents)
      // One after the other: a damaged manifest may hold numbers with a sum beyond 64 bits.
      bytesLeft -= min(bytesLeft, step.documentBytes)
      bytesLeft -= min(bytesLeft, step.lineBytes)
      steps.append(
        AuditReport.Step(account: step, documentsLeft: documentsLeft, bytesLeft: bytesLeft))
    }
    self.samples = []
    let file = OutputLayout.audit(source: source.name)
    guard samples > 0, output.manifest.files.contains(where: { $0.file == file }) else { return }
    var shown: [String: Int] = [:]
    self.samples = try Self.samples(of: source, output).filter { sample in
      if let rule, sample.stepID != rule,
        !AuditReport.matches(rule, step: sample.step, reason: sample.reason)
      {
        return false
      }
      // Records that gave no document have a step for all of them.
      let group = (sample.stepID ?? sample.step) + " " + sample.reason
      shown[group, default: 0] += 1
      return shown[group, default: 0] <= samples
    }
  }

  /// All samples, each duplicate with the document that stayed: both files have them in one order.
  private static func samples(
    of source: ManifestSource, _ output: OutputReader
  ) throws(CuveeError) -> [AuditReport.Sample] {
    let samplesFile = OutputLayout.audit(source: source.name)
    var samples = try SampleFile.read(
      path: "\(output.folder)/\(samplesFile)", displayPath: "\(output.displayPath)/\(samplesFile)",
      groups: SampleFile.groups(of: source))
    let file = OutputLayout.keptDocuments(source: source.name)
    guard output.manifest.evidence?.contains(where: { $0.file == file }) == true else {
      return samples
    }
    let lines = try JSONLinesFile.read(
      KeptDocuments.Line.self, path: "\(output.folder)/\(file)",
      displayPath: "\(output.displayPath)/\(file)")
    for line in lines {
      guard
        let index = samples.firstIndex(where: {
          $0.kept == nil && $0.stepID == line.stepID && $0.step == line.step
            && $0.reason == line.reason
        })
      else {
        throw .badData(
          "\(output.displayPath)/\(file): \(line.step) has more documents than there are samples")
      }
      samples[index].kept = line.kept
    }
    return samples
  }

  /// Whether a step or a reason goes by a name.
  fileprivate func knows(_ rule: String) -> Bool {
    badRecords[rule] != nil
      || steps.contains {
        $0.account.id == rule
          || AuditReport.matches(rule, step: $0.account.step, reason: $0.account.reason)
      }
  }
}

extension AuditReport {
  /// Whether a step goes by a name: its own, its rule's or its reason's.
  fileprivate static func matches(_ name: String, step: String, reason: String) -> Bool {
    step == name || reason == name || step.hasSuffix("/" + name) || step.hasSuffix(" " + name)
  }
}
