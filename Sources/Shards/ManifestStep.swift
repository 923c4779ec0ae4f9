/// What one step has done to the documents of a source.
public struct ManifestStep: Codable, Sendable, Equatable {
  /// Names the step among those of its source: the step, with a number where several have the same.
  /// Nil in outputs of earlier versions.
  public var id: String?
  /// The step: a rule with its filter, as in `c4/line-end-marks`, or a deduplication.
  public var step: String
  /// The stable name of the reason that it drops and cuts for.
  public var reason: String
  /// Documents that it has dropped.
  public var documents: UInt64
  /// Bytes of their text, as the steps before had left it.
  public var documentBytes: UInt64
  /// Lines that it has cut, of documents that it has not dropped.
  public var lines: UInt64
  /// Bytes of these lines, without what ends them.
  public var lineBytes: UInt64
  /// Lines that it has changed.
  public var editedLines: UInt64
  /// The samples of the step in the file of `audit/`, where they are in the order of the steps. Nil
  /// in outputs of earlier versions.
  public var samples: UInt64?
  /// Documents that it has dropped, by what was found in them, where it looks for several things.
  public var found: [String: UInt64]?

  enum CodingKeys: String, CodingKey {
    case id, step, reason, documents, lines, samples, found
    case documentBytes = "document_bytes"
    case lineBytes = "line_bytes"
    case editedLines = "edited_lines"
  }

  /// Creates the account of a step.
  public init(
    id: String? = nil, step: String, reason: String, documents: UInt64, documentBytes: UInt64,
    lines: UInt64,
    lineBytes: UInt64, editedLines: UInt64, samples: UInt64? = nil, found: [String: UInt64]? = nil
  ) {
    self.found = found
    self.id = id
    self.step = step
    self.reason = reason
    self.documents = documents
    self.documentBytes = documentBytes
    self.lines = lines
    self.lineBytes = lineBytes
    self.editedLines = editedLines
    self.samples = samples
  }
}
