import Bytes
import Mixing
import Testing

@Suite struct PackingTests {
  @Test(arguments: [
    (0, 4, 0, 0), (3, 4, 0, 3), (4, 4, 1, 0), (11, 4, 2, 3), (1 << 40, 2048, 1 << 29, 0),
  ])
  func rowsAreWholeAndTheTailIsLeft(tokens: Int, rowLength: Int, rows: Int, tail: Int) {
    #expect(ConcatenatePacking.rows(tokens: UInt64(tokens), rowLength: rowLength) == rows)
    #expect(ConcatenatePacking.tail(tokens: UInt64(tokens), rowLength: rowLength) == tail)
  }
}
