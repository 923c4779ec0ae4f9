import Declarations

/// A rule that works on the lines of documents: it keeps, cuts or rewrites each.
///
/// Lines are those of Python's `str.splitlines`, without the white space at their ends. What is left
/// of a document is its lines joined by LF, without white space at its ends. Editors that follow
/// one another see each line in turn: a line that one has cut does not reach the next, and
/// where one drops the document, lines after that one reach none.
public protocol LineEditor: FilterRule {
  /// Edits the lines of a batch.
  func edit(_ lines: inout LineBatch)
}

/// A line editor that looks at one line at a time, which most do.
public protocol SingleLineEditor: LineEditor {
  /// Decides about a line.
  ///
  /// - Parameters:
  ///   - line: The line as the editors before have left it; valid UTF-8, possibly empty.
  ///   - rewriting: Takes what the line becomes, where the editor changes it.
  /// - Returns: Whether the line stays.
  func decide(_ line: Span<UInt8>, _ rewriting: inout LineRewriting) -> LineDecision
}

extension SingleLineEditor {
  /// Asks `decide` about each line.
  public func edit(_ lines: inout LineBatch) {
    lines.editEach { line, rewriting in decide(line, &rewriting) }
  }
}
