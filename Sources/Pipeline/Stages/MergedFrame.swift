import Bytes
import Shards
import Streams

/// A frame of rows on its way through write, with the segments of its rows.
final class MergedFrame: @unchecked Sendable {
  // Invariant: one thread has it at a time (OrderedExecutor).
  var rows: RowFrame
  /// The segments of all rows, and how many there are up to the end of each row.
  var segments: [SegmentRecord] = []
  var segmentEnds: [Int] = []
  /// The rows, compressed.
  var compressed: [UInt8] = []

  init(columns: RowColumns) { rows = RowFrame(columns: columns) }
}

/// The reading end of write: merges the sources' rows in the order of the mixture.
// Invariant: called by one thread at a time (OrderedExecutor).
final class RowFrameSource: @unchecked Sendable {
  private let order: [UInt8]
  private let firstRow: UInt64
  private let columns: RowColumns
  private var merger: RowMerger
  private var index = 0
  private var tokens: [UInt8] = []
  private var pieces: [RowPiece] = []

  /// Creates the source of a shard's frames.
  ///
  /// - Parameters:
  ///   - order: The source of every row (u16, little-endian).
  ///   - firstRow: The number of the first row in the whole output.
  ///   - columns: The columns of the rows.
  ///   - merger: Gives the next row of any source.
  init(order: [UInt8], firstRow: UInt64, columns: RowColumns, merger: consuming RowMerger) {
    self.order = order
    self.firstRow = firstRow
    self.columns = columns
    self.merger = merger
  }

  func next() throws(CuveeError) -> MergedFrame? {
    guard index * 2 < order.count else { return nil }
    let frame = MergedFrame(columns: columns)
    // The buffer is a local while spans of it are about.
    var tokens: [UInt8] = []
    swap(&tokens, &self.tokens)
    defer { swap(&tokens, &self.tokens) }
    while index * 2 < order.count, !frame.rows.isFull {
      let source = order.loadLittleEndian(UInt16.self, at: index * 2)
      try merger.next(of: Int(source), tokens: &tokens, pieces: &pieces)
      try frame.rows.append(row: firstRow + UInt64(index), source: source, tokens: tokens.span)
      for piece in pieces {
        frame.segments.append(
          SegmentRecord(
            source: source, document: piece.document, offsetInDocument: piece.offsetInDocument,
            offsetInRow: piece.offsetInRow, length: piece.length))
      }
      frame.segmentEnds.append(frame.segments.count)
      index += 1
    }
    return frame
  }
}

/// One worker of write.
struct RowFrameCompressor: ~Copyable {
  private var compressor: ZstdCompressor

  init(level: Int32) { compressor = ZstdCompressor(level: level) }

  mutating func compress(_ frame: MergedFrame) throws(CuveeError) -> MergedFrame {
    let rows = frame.rows.bytes
    try compressor.appendFrame(of: rows.span, to: &frame.compressed)
    return frame
  }
}

/// The writing end of write.
// Invariant: called by one thread at a time (OrderedExecutor commits in turn).
final class ShardSink: @unchecked Sendable {
  var shard: RowShardWriter
  var segments: SegmentsWriter

  init(_ shard: consuming RowShardWriter, _ segments: consuming SegmentsWriter) {
    self.shard = shard
    self.segments = segments
  }

  func append(_ frame: MergedFrame) throws(CuveeError) {
    let compressed = frame.compressed
    try shard.append(frame: compressed.span, of: frame.rows)
    var first = 0
    for end in frame.segmentEnds {
      for segment in frame.segments[first..<end] { try segments.append(segment) }
      try segments.endRow()
      first = end
    }
  }
}
