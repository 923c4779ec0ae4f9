import Bytes

/// The text of one document while it is made of lines.
struct JoinedLines: Sendable {
  /// Where the bytes of a piece are.
  enum Origin: Sendable { case source, rewritten, lineFeed }

  /// A stretch of the text.
  struct Piece: Sendable {
    var origin: Origin
    var range: Range<Int>
  }

  static let lineFeed: [UInt8] = [0x0A]

  private(set) var pieces: [Piece] = []
  private var document = 0..<0
  private var isFirst = true

  /// Begins a document of a range of the source.
  mutating func begin(in document: Range<Int>) {
    self.document = document
    pieces.removeAll(keepingCapacity: true)
    isFirst = true
  }

  /// Ends the line before, if there is one, with a line feed: the source's own where it has one.
  mutating func beginLine(_ source: Span<UInt8>) {
    if isFirst {
      isFirst = false
    } else if let last = pieces.last, last.origin == .source,
      last.range.upperBound < document.upperBound, source[last.range.upperBound] == 0x0A
    {
      add(.source, last.range.upperBound..<(last.range.upperBound + 1))
    } else {
      add(.lineFeed, 0..<1)
    }
  }

  /// Adds a stretch.
  mutating func add(_ origin: Origin, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    if origin == .source, let last = pieces.last, last.origin == .source,
      last.range.upperBound == range.lowerBound
    {
      pieces[pieces.count - 1].range = last.range.lowerBound..<range.upperBound
    } else {
      pieces.append(Piece(origin: origin, range: range))
    }
  }

  /// Takes the white space off both ends.
  mutating func strip(source: Span<UInt8>, rewritten: Span<UInt8>) {
    func stripped(_ piece: Piece) -> Range<Int> {
      switch piece.origin {
      case .source: UTF8Text.stripped(piece.range, in: source)
      case .rewritten: UTF8Text.stripped(piece.range, in: rewritten)
      case .lineFeed: 0..<0
      }
    }
    while let last = pieces.last {
      let end = stripped(last).upperBound
      if end > last.range.lowerBound && !stripped(last).isEmpty {
        pieces[pieces.count - 1].range = last.range.lowerBound..<end
        break
      }
      pieces.removeLast()
    }
    let blank = pieces.prefix { stripped($0).isEmpty }.count
    pieces.removeFirst(blank)
    if let first = pieces.first {
      pieces[0].range = stripped(first).lowerBound..<first.range.upperBound
    }
  }
}
