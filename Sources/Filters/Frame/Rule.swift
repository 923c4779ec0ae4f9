/// A rule that drops documents by their text.
public protocol Rule: FilterRule {
  /// What makes a document be dropped; nil where it is kept.
  ///
  /// - Parameter text: The document's text as the steps before have left it; valid UTF-8.
  /// - Returns: What was measured, where the document is to be dropped.
  func fault(in text: Span<UInt8>) -> Measure?

  /// Marks the documents of a batch. The standard way asks `fault` about each.
  func mark(_ documents: inout DocumentMarks)
}

extension Rule {
  /// Asks `fault` about each document.
  public func mark(_ documents: inout DocumentMarks) {
    documents.dropEach { fault(in: $0) }
  }
}
