import Bytes

/// What a line becomes: stretches of it, and bytes put between them.
///
/// A line for which nothing is taken or put stays as it is; `clear` makes it empty.
public struct LineRewriting: Sendable {
  /// A stretch of a rewritten line: bytes of the batch's text, or bytes that an editor put there.
  struct Piece: Sendable, BitwiseCopyable {
    /// Where it begins in the batch's text; -1 for bytes that were put there.
    var source: Int
    var count: Int
  }

  /// The bytes of all rewritten lines.
  private(set) var bytes: [UInt8] = []
  /// The pieces that they are made of.
  private(set) var pieces: [Piece] = []
  private(set) var isChanged = false
  /// Where the bytes and the pieces of the line begin.
  private(set) var start = (bytes: 0, pieces: 0)

  /// The pieces of the line that is rewritten; where it was not before, one piece at `source`.
  private var oldPieces: Range<Int>?
  private var source = 0
  /// The old piece that was reached, and where it begins in the line.
  private var reached = 0
  private var reachedStart = 0

  init() {}

  /// Takes over a stretch of the line, which lies after those taken before.
  public mutating func copy(_ range: Range<Int>, of line: Span<UInt8>) {
    isChanged = true
    bytes.append(line.extracting(range))
    guard let oldPieces else {
      add(Piece(source: source + range.lowerBound, count: range.count))
      return
    }
    var position = range.lowerBound
    while position < range.upperBound && reached < oldPieces.count {
      let piece = pieces[oldPieces.lowerBound + reached]
      let end = min(range.upperBound, reachedStart + piece.count)
      if position < end {
        let offset = position - reachedStart
        add(Piece(source: piece.source < 0 ? -1 : piece.source + offset, count: end - position))
        position = end
      }
      if position >= reachedStart + piece.count {
        reachedStart += piece.count
        reached += 1
      }
    }
  }

  /// Puts bytes of valid UTF-8 into the line.
  public mutating func insert(_ inserted: Span<UInt8>) {
    isChanged = true
    bytes.append(inserted)
    add(Piece(source: -1, count: inserted.count))
  }

  /// Makes the line empty, unless something is taken or put after that.
  public mutating func clear() { isChanged = true }

  private mutating func add(_ piece: Piece) {
    if piece.count > 0 { pieces.append(piece) }
  }

  @inline(__always)
  mutating func begin(source: Int, pieces: Range<Int>?) {
    isChanged = false
    start = (bytes.count, self.pieces.count)
    self.source = source
    oldPieces = pieces
    reached = 0
    reachedStart = 0
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
  }
}
