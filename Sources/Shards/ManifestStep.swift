/// What one step has done to the documents of a source.
public struct ManifestStep: Codable, Sendable, Equatable {
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

  enum CodingKeys: String, CodingKey {
    case step, reason, documents, lines
    case documentBytes = "document_bytes"
    case lineBytes = "line_bytes"
    case editedLines = "edited_lines"
  }

  /// Creates the account of a step.
  public init(
    step: String, reason: String, documents: UInt64, documentBytes: UInt64, lines: UInt64,
    lineBytes: UInt64, editedLines: UInt64
  ) {
    self.step = step
    self.reason = reason
    self.documents = documents
    self.documentBytes = documentBytes
    self.lines = lines
    self.lineBytes = lineBytes
    self.editedLines = editedLines
  }
}
