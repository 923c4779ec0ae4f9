import Bytes
import Declarations
import Mixing
import MixtureFiles
import Readers
import Streams

/// What can be said of a source before it has been read: from its sizes, or from a sample.
public struct SourceEstimate: Sendable, Codable {
  /// Bytes of English text that a token of a common vocabulary stands for.
  static let bytesPerToken = 4.2
  /// What zstd and gzip take of text.
  static let compressionRatio = 3.0

  /// The source's name.
  public var name: String
  /// Its files.
  public var files: Int
  /// The bytes of its files as they lie on disk.
  public var bytes: UInt64
  /// The tokens that this may be: by a sample, or else by a rule of thumb.
  public var estimatedTokens: UInt64
  /// The tokens that its share of all phases needs.
  public var neededTokens: UInt64
  /// The most tokens that it can have if its files are as packed as they seem: a token has at least
  /// one byte of the text, which a plain file bounds where the format says so, or is a document's
  /// end. Nil where there is no such bound.
  public var mostTokens: UInt64?
  /// The sample that the estimate is made from; nil where none was read.
  public var sample: Sample?

  /// The sample of a source, for people.
  public struct Sample: Sendable, Codable {
    /// The records of the sample.
    public var records: UInt64
    /// The uncompressed bytes that were read.
    public var bytes: UInt64
    /// Whether this is the whole source.
    public var isWhole: Bool
    /// The records of the sample that are bad.
    public var badRecords: BadRecordSummary
    /// Whether these are more than `max_bad_share` allows.
    public var hasTooManyBadRecords: Bool
    /// The share of the text that the rules keep.
    public var keptShare: Double
    /// Tokens for a byte of the text that is kept.
    public var tokensPerByte: Double
    /// The documents of the whole source that the rules keep.
    public var estimatedDocuments: UInt64
    /// The deduplications, which a sample says nothing of.
    public var notSampled: [String]

    enum CodingKeys: String, CodingKey {
      case records, bytes
      case isWhole = "is_whole"
      case badRecords = "bad_records"
      case hasTooManyBadRecords = "has_too_many_bad_records"
      case keptShare = "kept_share"
      case tokensPerByte = "tokens_per_byte"
      case estimatedDocuments = "estimated_documents"
      case notSampled = "not_sampled"
    }
  }

  /// The epochs that its share may need.
  public var estimatedEpochs: Double {
    Double(neededTokens) / Double(max(1, estimatedTokens))
  }

  enum CodingKeys: String, CodingKey {
    case name, files, bytes
    case estimatedTokens = "estimated_tokens"
    case neededTokens = "needed_tokens"
    case mostTokens = "most_tokens"
    case sample
  }
}

extension SourceEstimate {
  /// Takes the estimate from a sample.
  mutating func use(_ sample: SourceSample, of plan: Plan) {
    let share = plan.sampleBound.map { Double($0) / 0x1p64 } ?? 1
    let counts = sample.counts
    estimatedTokens = UInt64((sample.tokens * share).rounded())
    let notSampled = plan.sources.first { $0.name == name }?.steps.entries.all.filter {
      $0.step.hasPrefix("deduplicate ") && $0.rule != "empty"
    }
    self.sample = Sample(
      records: sample.badRecords.records, bytes: sample.bytesRead, isWhole: sample.isWhole,
      badRecords: sample.badRecords,
      hasTooManyBadRecords: BadShareLimit(plan.mixture).isExceeded(by: sample.badRecords),
      keptShare: counts.bytes > 0 ? counts.keptBytes / counts.bytes : 1,
      tokensPerByte: counts.tokensPerByte ?? 0,
      estimatedDocuments: UInt64((counts.keptDocuments * share).rounded()),
      notSampled: notSampled?.map(\.step) ?? [])
  }
}

extension Plan {
  /// What can be said of the sources before any of them has been read.
  ///
  /// - Throws: `missingInput` where a file cannot be opened.
  public func estimates() throws(CuveeError) -> [SourceEstimate] {
    var estimates: [SourceEstimate] = []
    for source in sources {
      let (plain, compressed) = try source.likelyBytes()
      let text = Double(plain) + Double(compressed) * SourceEstimate.compressionRatio
      let needed = phases.reduce(0.0) {
        $0 + Double($1.rows) * $1.weights.share(of: source.index) * Double(sequenceLength)
      }
      estimates.append(
        SourceEstimate(
          name: source.name, files: source.files.count, bytes: plain + compressed,
          estimatedTokens: UInt64(text / SourceEstimate.bytesPerToken),
          neededTokens: UInt64(needed.rounded(.up)),
          // A document's end takes the place of its record's; only a file's last may lack that.
          mostTokens: compressed == 0 && source.format.textFitsRecord
            ? plain + UInt64(source.files.count) : nil, sample: nil))
    }
    return estimates
  }

  /// Refuses a plan whose sources certainly cannot supply their share, before any work.
  ///
  /// - Throws: `badData` with a line for every such source.
  public func requireFeasible(_ estimates: [SourceEstimate]) throws(CuveeError) {
    guard mixture.repetition.whenExhausted == .fail else { return }
    let epochs = mixture.repetition.maxEpochs
    let lines = zip(sources, estimates).compactMap { source, estimate -> String? in
      guard let most = estimate.mostTokens else { return nil }
      let (supply, overflow) = most.multipliedReportingOverflow(by: UInt64(epochs))
      let leastRows = phases.reduce(0) {
        $0
          + PhaseDemand(name: $1.name, rows: $1.rows, weights: $1.weights)
          .rowsAsked(of: source.index).lowerBound
      }
      guard !overflow, supply < UInt64(leastRows * sequenceLength),
        source.hasOnlyPlainFiles
      else { return nil }
      if estimate.bytes == 0 {
        let first = source.files.first.map { ", as \"\($0.displayPath)\"" } ?? ""
        return
          "\(mixture.displayPath): all files of \(estimate.name) are empty\(first); give it files with "
          + "documents, or remove it from the weights"
      }
      return
        "\(mixture.displayPath): \(estimate.name) has only \(estimate.bytes) bytes, so at most \(most) "
        + "tokens; its share needs \(estimate.neededTokens) in at most \(epochs) "
        + "\(epochs == 1 ? "epoch" : "epochs"); lower its weight or raise max_epochs"
    }
    guard lines.isEmpty else { throw .badData(lines.joined(separator: CuveeError.separator)) }
  }
}

extension PlannedSource {
  /// A file of at least so many bytes is opened for an estimate; below, one file of each name ending
  /// stands for all, because to open a hundred thousand files takes a second.
  private static let openedBytes: UInt64 = 1 << 20

  /// The bytes of the files that seem plain, and of those that seem compressed.
  fileprivate func likelyBytes() throws(CuveeError) -> (plain: UInt64, compressed: UInt64) {
    var plain: UInt64 = 0
    var compressed: UInt64 = 0
    var endings: [Substring: Bool] = [:]
    for file in files {
      let size = file.status.size
      let path = file.displayPath
      let ending = path[(path.utf8.lastIndex { $0 == UInt8(ascii: ".") } ?? path.startIndex)...]
      let isPlain: Bool
      if size < Self.openedBytes, let known = endings[ending] {
        isPlain = known
      } else {
        isPlain = try file.isPlain()
        endings[ending] = isPlain
      }
      if isPlain { plain += size } else { compressed += size }
    }
    return (plain, compressed)
  }

  /// Whether every file is certainly plain; opens them all.
  fileprivate var hasOnlyPlainFiles: Bool { files.allSatisfy { (try? $0.isPlain()) ?? false } }
}

extension PlannedFile {
  /// Whether the file's first bytes say that it is not compressed.
  ///
  /// - Throws: What opening it throws.
  func isPlain() throws(CuveeError) -> Bool {
    try ByteInput(path: path, displayPath: displayPath).compression == .plain
  }
}
