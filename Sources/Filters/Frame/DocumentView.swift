import Bytes

/// A document as rules look at it: its text, and what has been found out about it so far.
///
/// Each analysis runs at most once for a document, when the first rule asks for it, so a rule that is
/// not used costs nothing. A worker has one view and its memory serves all documents.
public struct DocumentView: ~Copyable {
  private var bytes: [UInt8] = []
  private var range = 0..<0
  private let lineTable = LineTable()
  private let paragraphTable = ParagraphTable()
  private let characterCounter = CharacterCounter()
  private let loweredText = LoweredText()
  private let whitespaceWords = SplitWords(.whitespace)
  private let treebankWords = SplitWords(.treebank)

  init() {}

  /// The document's text; valid UTF-8.
  public var text: Span<UInt8> {
    @_lifetime(borrow self)
    get { bytes.span.extracting(range) }
  }

  /// Begins a document.
  ///
  /// - Parameters:
  ///   - range: Where the document's text is.
  ///   - bytes: The texts of its batch, which share their memory with the batch's.
  mutating func begin(_ range: Range<Int>, of bytes: [UInt8]) {
    self.bytes = bytes
    self.range = range
    lineTable.isDone = false
    paragraphTable.isDone = false
    characterCounter.isDone = false
    loweredText.isDone = false
    whitespaceWords.begin()
    treebankWords.begin()
  }

  /// Lets go of the batch's memory.
  mutating func end() { bytes = [] }

  /// The number of characters.
  var characters: CharacterCounter { characterCounter.done(on: text) }

  /// The text in small letters.
  var lowered: LoweredText { loweredText.done(on: text) }

  /// The lines that line feeds end.
  var lines: LineTable { lineTable.done(on: text) }

  /// The paragraphs.
  var paragraphs: ParagraphTable { paragraphTable.done(on: text) }

  /// The words.
  func words(_ splitting: WordSplitting) -> WordTable { split(splitting).words(of: text) }

  /// The most frequent sequences of words.
  func frequent(_ splitting: WordSplitting) -> TopNgrams {
    split(splitting).frequent(in: text)
  }

  /// The sequences of words that are there again.
  func repeated(_ splitting: WordSplitting) -> RepeatedNgrams {
    split(splitting).repeated(in: text)
  }

  /// How often a word occurs.
  func occurrences(of word: [UInt8], _ splitting: WordSplitting) -> Int {
    split(splitting).occurrences(of: word, in: text)
  }

  private func split(_ splitting: WordSplitting) -> SplitWords {
    switch splitting {
    case .whitespace: whitespaceWords
    case .treebank: treebankWords
    }
  }
}

/// Something that is found out about a document when it is asked for. The memory stays for the next.
class Analysis {
  /// Whether the present document has been looked at.
  final var isDone = false

  /// Whether the work is still to be done; it counts as done after that.
  final func begins() -> Bool {
    defer { isDone = true }
    return !isDone
  }
}

/// An analysis that needs nothing but the document's text.
protocol TextAnalysis: Analysis {
  /// Looks at a document's text.
  func run(_ text: Span<UInt8>)
}

extension TextAnalysis {
  /// Itself, after the present document has been looked at.
  func done(on text: Span<UInt8>) -> Self {
    if begins() { run(text) }
    return self
  }
}
