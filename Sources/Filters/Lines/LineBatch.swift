import Bytes
import Documents

/// The lines of a batch's documents while editors work on them.
public struct LineBatch: ~Copyable, Sendable {
  /// A line of a document.
  public struct Line: Sendable {
    /// Where the line is in the batch's text, without white space at its ends.
    public internal(set) var source: Range<Int>
    /// The ordinal of the editor that has cut it, among the steps of its chain; -1 where it stays.
    public internal(set) var cutBy = -1
    /// What that editor has measured.
    public internal(set) var measure = Measure(0, against: 0)
    /// Where its present bytes are, if it was rewritten, and the pieces they are made of.
    var rewritten: Range<Int>?
    var pieces = 0..<0
  }

  /// A document of which lines are edited.
  public struct Document: Sendable {
    /// Its index in the batch.
    public internal(set) var index: Int
    /// Its lines.
    public internal(set) var lines: Range<Int>
    /// The ordinal of the step that has dropped it; -1 where it stays.
    public internal(set) var droppedBy = -1
    /// What that step has measured.
    public internal(set) var measure = Measure(0, against: 0)
    /// The line at which it was dropped; the end of its lines where all were seen.
    public internal(set) var end: Int
  }

  /// The documents that were kept so far.
  public internal(set) var documents: [Document] = []
  /// Their lines.
  public internal(set) var lines: [Line] = []
  /// The text of the batch as it was before these editors.
  public internal(set) var text: [UInt8] = []
  /// The step that is at work.
  var step = 0
  /// How many lines the step at work has changed.
  var editedLines = 0
  var rewriting = LineRewriting()
  var joined = JoinedLines()

  init() {}

  /// The present bytes of a line.
  public func appendBytes(of line: Int, to bytes: inout [UInt8]) {
    if let rewritten = lines[line].rewritten {
      bytes.append(rewriting.bytes.span.extracting(rewritten))
    } else {
      bytes.append(text.span.extracting(lines[line].source))
    }
  }

  /// Whether an editor has changed a line.
  public func isRewritten(_ line: Int) -> Bool { lines[line].rewritten != nil }

  /// Calls a function with each line that is not cut, until its document is dropped.
  public mutating func editEach(
    _ decide: (Span<UInt8>, inout LineRewriting) -> LineDecision
  ) {
    for document in documents.indices {
      editLines(of: document, decide)
    }
  }

  /// Calls a function with each line of a document that is not cut, until the document is dropped.
  ///
  /// - Parameters:
  ///   - document: The document's index in `documents`.
  ///   - decide: What becomes of a line.
  @inline(__always)
  public mutating func editLines(
    of document: Int, _ decide: (Span<UInt8>, inout LineRewriting) -> LineDecision
  ) {
    let text = self.text
    for line in documents[document].lines.lowerBound..<documents[document].end
    where lines[line].cutBy < 0 {
      let decision: LineDecision
      if let rewritten = lines[line].rewritten {
        decision = editAgain(line, rewritten, decide)
      } else {
        rewriting.begin(source: lines[line].source.lowerBound, pieces: nil)
        let place = (rewriting.bytes.count, rewriting.pieces.count)
        decision = decide(text.span.extracting(lines[line].source), &rewriting)
        if rewriting.isChanged { finish(line, place) }
      }
      switch decision {
      case .keep: break
      case .cut(let measure):
        lines[line].cutBy = step
        lines[line].measure = measure
      case .dropDocument(let measure):
        drop(document, at: line, measure)
        return
      }
    }
  }

  /// Drops a document for all its lines together.
  public mutating func drop(_ document: Int, _ measure: Measure) {
    drop(document, at: documents[document].end, measure)
  }

  private mutating func drop(_ document: Int, at line: Int, _ measure: Measure) {
    // A document that was dropped at an earlier line ends there, and one that was dropped for all
    // its lines is not asked about again.
    if documents[document].droppedBy >= 0 && line == documents[document].end { return }
    documents[document].droppedBy = step
    documents[document].measure = measure
    documents[document].end = line
  }

  private mutating func editAgain(
    _ line: Int, _ rewritten: Range<Int>,
    _ decide: (Span<UInt8>, inout LineRewriting) -> LineDecision
  ) -> LineDecision {
    rewriting.begin(source: 0, pieces: lines[line].pieces)
    let place = (rewriting.bytes.count, rewriting.pieces.count)
    // The line's bytes lie in the memory that the editor appends to, so it gets a copy.
    let bytes = Array(rewriting.bytes[rewritten])
    let decision = decide(bytes.span, &rewriting)
    if rewriting.isChanged { finish(line, place) }
    return decision
  }

  private mutating func finish(_ line: Int, _ place: (bytes: Int, pieces: Int)) {
    lines[line].rewritten = place.bytes..<rewriting.bytes.count
    lines[line].pieces = place.pieces..<rewriting.pieces.count
    editedLines += 1
  }
}
