import Bytes
import Mixing
import Testing

@Suite struct PackingTests {
  private func segments(_ lengths: [UInt32], rowLength: Int) -> ([[Segment]], SegmentCursor) {
    var cursor = SegmentCursor()
    var rows: [[Segment]] = []
    var next = lengths.makeIterator()
    while true {
      var row: [Segment] = []
      guard cursor.fill(rowLength: rowLength, into: &row, nextLength: { next.next() }) else {
        #expect(row.isEmpty)
        return (rows, cursor)
      }
      rows.append(row)
    }
  }

  @Test func documentsAreCutWhereRowsAreFull() {
    let (rows, cursor) = segments([3, 0, 6, 2], rowLength: 4)
    let expected: [[(UInt32, UInt32, UInt32, UInt32)]] = [
      [(0, 0, 0, 3), (2, 0, 3, 1)], [(2, 1, 0, 4)],
    ]
    #expect(rows.count == expected.count)
    for (row, wanted) in zip(rows, expected) {
      #expect(
        row
          == wanted.map {
            Segment(document: $0.0, offsetInDocument: $0.1, offsetInRow: $0.2, length: $0.3)
          })
    }
    #expect(cursor.tailTokens == 3 && cursor.rowsGiven == 2 && cursor.documentsBegun == 4)
  }

  @Test(arguments: 0..<60) func segmentsTileRowsAndDocuments(ordinal: Int) {
    var random = StableRandom(seed: UInt64(ordinal), purpose: "packing")
    let rowLength = 1 + random.below(30)
    let longest = [1, 5, 40, 200][random.below(4)]
    let lengths = (0..<random.below(80)).map { _ in UInt32(random.below(longest + 1)) }
    let (rows, cursor) = segments(lengths, rowLength: rowLength)
    let tokens = lengths.reduce(UInt64(0)) { $0 + UInt64($1) }
    #expect(rows.count == ConcatenatePacking.rows(tokens: tokens, rowLength: rowLength))
    #expect(cursor.tailTokens == ConcatenatePacking.tail(tokens: tokens, rowLength: rowLength))
    var reached = [UInt32](repeating: 0, count: lengths.count)
    var lastDocument: UInt32 = 0
    for row in rows {
      var filled: UInt32 = 0
      for segment in row {
        #expect(segment.offsetInRow == filled && segment.length > 0)
        #expect(segment.document >= lastDocument)
        #expect(segment.offsetInDocument == reached[Int(segment.document)])
        reached[Int(segment.document)] += segment.length
        lastDocument = segment.document
        filled += segment.length
      }
      #expect(filled == UInt32(rowLength))
    }
    // Every document before the last one used is used whole.
    for document in 0..<Int(lastDocument) { #expect(reached[document] == lengths[document]) }
    let used = reached.reduce(UInt64(0)) { $0 + UInt64($1) }
    #expect(used + UInt64(cursor.tailTokens) == tokens)
  }

  @Test func errorsOfTheLengthsPassThrough() {
    var cursor = SegmentCursor()
    var segments: [Segment] = []
    #expect(throws: CuveeError.io("short read")) {
      _ = try cursor.fill(rowLength: 4, into: &segments) { () throws(CuveeError) -> UInt32? in
        throw .io("short read")
      }
    }
  }
}
