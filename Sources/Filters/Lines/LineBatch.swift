import Bytes
import Declarations
import Documents

/// The lines of a batch's documents while editors work on them.
public struct LineBatch: ~Copyable, Sendable {
  /// A line of a document. Batches hold many thousands, so it is small.
  public struct Line: Sendable {
    private var start: Int32
    private var count: Int32
    private var step: Int32 = -1
    /// The ordinal of what it was rewritten to; -1 where it was not.
    var rewriting: Int32 = -1

    init(_ source: Range<Int>) {
      start = Int32(truncatingIfNeeded: source.lowerBound)
      count = Int32(truncatingIfNeeded: source.count)
    }

    /// Where the line is in the batch's text, without white space at its ends.
    public var source: Range<Int> { Int(start)..<(Int(start) + Int(count)) }

    /// The ordinal of the editor that has cut it, among the steps of its chain; -1 where it stays.
    public internal(set) var cutBy: Int {
      get { Int(step) }
      set { step = Int32(truncatingIfNeeded: newValue) }
    }
  }

  /// What a line was rewritten to: its bytes, and the pieces they are made of.
  struct Rewritten: Sendable {
    var bytes: Range<Int>
    var pieces: Range<Int>
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
  /// What the editors that have cut lines have measured; of no meaning for other lines.
  public internal(set) var measures: [Measure] = []
  var rewritten: [Rewritten] = []
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
    if isRewritten(line) {
      let range = rewritten[Int(lines[line].rewriting)].bytes
      bytes.append(rewriting.bytes.span.extracting(range))
    } else {
      bytes.append(text.span.extracting(lines[line].source))
    }
  }

  /// Whether an editor has changed a line.
  public func isRewritten(_ line: Int) -> Bool { lines[line].rewriting >= 0 }

  /// Calls a function with each line that is not cut, until its document is dropped.
  @inline(__always)
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
      if isRewritten(line) {
        decision = editAgain(line, decide)
      } else {
        let source = lines[line].source
        rewriting.begin(source: source.lowerBound, pieces: nil)
        decision = decide(text.span.extracting(source), &rewriting)
        if rewriting.isChanged { finish(line) }
      }
      switch decision {
      case .keep: break
      case .cut(let measure):
        lines[line].cutBy = step
        measures[line] = measure
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
    _ line: Int, _ decide: (Span<UInt8>, inout LineRewriting) -> LineDecision
  ) -> LineDecision {
    let old = rewritten[Int(lines[line].rewriting)]
    rewriting.begin(source: 0, pieces: old.pieces)
    // The line's bytes lie in the memory that the editor appends to, so it gets a copy.
    let bytes = Array(rewriting.bytes[old.bytes])
    let decision = decide(bytes.span, &rewriting)
    if rewriting.isChanged { finish(line) }
    return decision
  }

  private mutating func finish(_ line: Int) {
    lines[line].rewriting = Int32(truncatingIfNeeded: rewritten.count)
    rewritten.append(
      Rewritten(
        bytes: rewriting.start.bytes..<rewriting.bytes.count,
        pieces: rewriting.start.pieces..<rewriting.pieces.count))
    editedLines += 1
  }
}
