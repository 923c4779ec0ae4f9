import Bytes

/// A rule that drops documents.
///
/// Rules that follow one another look at a document in turn, until one drops it. What one of them has
/// measured of it, such as its words, the next ones find ready.
public protocol Rule: FilterRule {
  /// What makes a document be dropped; nil where it is kept.
  ///
  /// - Parameter document: The document as the steps before have left it.
  /// - Returns: What was measured, where the document is to be dropped.
  func fault(in document: inout DocumentView) -> Measure?
}

/// A rule that needs nothing but the text.
public protocol TextRule: Rule {
  /// What makes a document be dropped; nil where it is kept.
  ///
  /// - Parameter text: The document's text as the steps before have left it; valid UTF-8.
  /// - Returns: What was measured, where the document is to be dropped.
  func fault(in text: Span<UInt8>) -> Measure?
}

extension TextRule {
  /// Asks about the text.
  public func fault(in document: inout DocumentView) -> Measure? {
    fault(in: document.text)
  }
}
