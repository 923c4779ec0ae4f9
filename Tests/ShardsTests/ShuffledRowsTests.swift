import Bytes
import Testing

@testable import Shards

@Suite struct ShuffledRowsTests {
  private struct Document {
    var ordinal: UInt64
    var tokens: [UInt8]
  }

  private func randomDocuments(
    _ count: Int, longest: Int, width: Int, _ random: inout StableRandom
  ) -> [Document] {
    (0..<count).map { index in
      let length = random.below(6) == 0 ? 0 : random.below(longest + 1)
      return Document(
        ordinal: UInt64(index * 7919 % count),
        tokens: (0..<length * width).map { _ in UInt8(random.below(256)) })
    }
  }

  private func write(_ documents: [Document], width: Int, to folder: String) throws {
    var writer = try ShuffledRowsWriter(folder: folder, width: width)
    for document in documents {
      try writer.append(ordinal: document.ordinal, tokens: document.tokens.span)
    }
    try writer.finish()
    #expect(writer.documents == UInt64(documents.count))
    #expect(writer.tokens == UInt64(documents.reduce(0) { $0 + $1.tokens.count } / width))
  }

  /// The pieces of every whole row, laid one token after another.
  private func pieces(_ documents: [Document], width: Int, rowLength: Int) -> [[RowPiece]] {
    var rows: [[RowPiece]] = [[]]
    var filled = 0
    for document in documents {
      for token in 0..<document.tokens.count / width {
        if filled == rowLength {
          rows.append([])
          filled = 0
        }
        if let last = rows[rows.count - 1].last, last.document == document.ordinal {
          rows[rows.count - 1][rows[rows.count - 1].count - 1].length += 1
        } else {
          rows[rows.count - 1].append(
            RowPiece(
              document: document.ordinal, offsetInDocument: UInt32(token),
              offsetInRow: UInt32(filled), length: 1))
        }
        filled += 1
      }
    }
    if filled < rowLength { rows.removeLast() }
    return rows
  }

  @Test(arguments: [2, 4], [1, 5, 16, 300])
  func readsForwardFromAnyRow(width: Int, rowLength: Int) throws {
    var random = StableRandom(seed: 7, purpose: "rows \(width) \(rowLength)")
    for (count, longest) in [(0, 10), (1, 900), (40, 30), (8, 700)] {
      let folder = try ShardsTestFolder()
      let documents = randomDocuments(count, longest: longest, width: width, &random)
      try write(documents, width: width, to: folder.path)
      let stream = documents.flatMap(\.tokens)
      let wanted = pieces(documents, width: width, rowLength: rowLength)
      let rowBytes = rowLength * width
      for _ in 0..<12 {
        var reader = try ShuffledRowsReader(
          folder: folder.path, width: width, rowLength: rowLength,
          rowsAhead: random.below(9))
        #expect(reader.rows == wanted.count)
        guard !wanted.isEmpty else { break }
        var tokens: [UInt8] = []
        var pieces: [RowPiece] = []
        var row = random.below(wanted.count)
        while row < wanted.count {
          try reader.read(row, tokens: &tokens, pieces: &pieces)
          #expect(tokens == Array(stream[row * rowBytes..<(row + 1) * rowBytes]))
          #expect(pieces == wanted[row])
          row += 1 + (random.below(4) == 0 ? random.below(3) : 0)
        }
      }
    }
  }

  @Test func readsPastTheEntriesThatAreHeldAtOnce() throws {
    let folder = try ShardsTestFolder()
    var random = StableRandom(seed: 7, purpose: "many")
    let documents = randomDocuments(3000, longest: 4, width: 2, &random)
    try write(documents, width: 2, to: folder.path)
    let wanted = pieces(documents, width: 2, rowLength: 50)
    for start in [0, 1, wanted.count / 2, wanted.count - 1] {
      var reader = try ShuffledRowsReader(
        folder: folder.path, width: 2, rowLength: 50, rowsAhead: 64)
      var tokens: [UInt8] = []
      var pieces: [RowPiece] = []
      for row in start..<wanted.count {
        try reader.read(row, tokens: &tokens, pieces: &pieces)
        #expect(pieces == wanted[row])
      }
    }
  }

  @Test func documentsOfTheFirstRowsAreThoseWithATokenInThem() throws {
    var random = StableRandom(seed: 7, purpose: "used")
    for count in [0, 1, 30, 5000] {
      let folder = try ShardsTestFolder()
      let documents = randomDocuments(count, longest: 5, width: 2, &random)
      try write(documents, width: 2, to: folder.path)
      let total = documents.reduce(0) { $0 + $1.tokens.count / 2 }
      for limit in Set([0, 1, total / 3, total - 1, total, total + 9].filter { $0 >= 0 }) {
        var wanted: [UInt64] = []
        var start = 0
        for document in documents {
          let end = start + document.tokens.count / 2
          if start < limit && end > start { wanted.append(document.ordinal) }
          start = end
        }
        var found: [UInt64] = []
        try ShuffledDocuments.forEach(folder: folder.path, upTo: UInt64(limit)) {
          found.append($0)
        }
        #expect(found == wanted)
      }
    }
  }
}
