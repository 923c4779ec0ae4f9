/// What one step of a filter has done.
public struct FilterCounts: Sendable, Equatable {
  /// Documents that it has dropped.
  public var documents: UInt64 = 0
  /// Bytes of their text, as the steps before had left it.
  public var documentBytes: UInt64 = 0
  /// Lines that it has cut, of documents that the editors with it have not dropped.
  public var lines: UInt64 = 0
  /// Bytes of these lines in the text before, without what ends them.
  public var lineBytes: UInt64 = 0
  /// Lines that it has changed, of all documents, or stretches of text that it has replaced.
  public var editedLines: UInt64 = 0
  /// Documents dropped, by what was found in them; nil where the rule looks for one thing.
  public var found: [String: UInt64]?

  /// Creates counts of nothing.
  public init() {}

  /// Adds other counts.
  public static func += (a: inout FilterCounts, b: FilterCounts) {
    a.documents += b.documents
    a.documentBytes += b.documentBytes
    a.lines += b.lines
    a.lineBytes += b.lineBytes
    a.editedLines += b.editedLines
    add(b.found, to: &a.found)
  }

  /// Adds what was found.
  public static func add(_ found: [String: UInt64]?, to sum: inout [String: UInt64]?) {
    guard let found else { return }
    sum = (sum ?? [:]).merging(found, uniquingKeysWith: +)
  }
}
