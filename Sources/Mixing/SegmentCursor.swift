/// Cuts the stream of documents into rows, forward only: the lengths of documents may come in
/// chunks from a file.
///
/// Documents are numbered as they come. A document without tokens takes a number and gives no
/// segment.
public struct SegmentCursor: Sendable, Equatable {
  /// The number of documents whose lengths were asked for.
  public private(set) var documentsBegun: UInt32 = 0
  /// The number of rows given.
  public private(set) var rowsGiven = 0
  /// The tokens that came after the last whole row, once `fill` has returned false.
  public private(set) var tailTokens = 0
  @usableFromInline var length: UInt32 = 0
  @usableFromInline var used: UInt32 = 0

  /// Starts before the first document.
  public init() {}

  /// Appends the segments of the next row, which tile it exactly.
  ///
  /// - Parameters:
  ///   - rowLength: The tokens of a row, greater than zero.
  ///   - segments: The segments are appended here; nothing is when there is no whole row.
  ///   - nextLength: Gives the tokens of the next document, or nil after the last.
  /// - Returns: False when the documents left fill no row. They are then the tail.
  /// - Throws: What `nextLength` throws; the cursor cannot go on after that.
  @inlinable
  public mutating func fill<E: Error>(
    rowLength: Int, into segments: inout [Segment], nextLength: () throws(E) -> UInt32?
  ) throws(E) -> Bool {
    let firstSegment = segments.count
    var filled: UInt32 = 0
    let whole = UInt32(rowLength)
    while filled < whole {
      if used == length {
        guard let next = try nextLength() else {
          segments.removeSubrange(firstSegment...)
          endAt(filled)
          return false
        }
        begin(next)
        continue
      }
      let taken = min(whole - filled, length - used)
      segments.append(
        Segment(
          document: documentsBegun - 1, offsetInDocument: used, offsetInRow: filled,
          length: taken))
      filled += taken
      used += taken
    }
    countRow()
    return true
  }

  @usableFromInline mutating func begin(_ next: UInt32) {
    documentsBegun += 1
    length = next
    used = 0
  }

  @usableFromInline mutating func countRow() { rowsGiven += 1 }

  @usableFromInline mutating func endAt(_ filled: UInt32) { tailTokens += Int(filled) }
}
