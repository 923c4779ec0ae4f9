import Bytes
import Shards

/// Gives the next row of any source, over its epochs.
struct RowMerger: ~Copyable {
  private let cache: StageCache
  private let supplies: [RowSupply]
  private let columns: RowColumns
  private let rowsAhead: Int
  private var cursors: [UInt64]
  private var readers: [EpochReader?]

  init(
    cache: StageCache, supplies: [RowSupply], cursors: [UInt64], columns: RowColumns,
    rowsAhead: Int
  ) {
    self.cache = cache
    self.supplies = supplies
    self.cursors = cursors
    self.columns = columns
    self.rowsAhead = rowsAhead
    readers = Array(repeating: nil, count: supplies.count)
  }

  /// Reads the next row of a source.
  mutating func next(
    of source: Int, tokens: inout [UInt8], pieces: inout [RowPiece]
  ) throws(CuveeError) {
    guard source < supplies.count, supplies[source].rowsPerEpoch > 0 else {
      throw .failed("the order of the rows names a source that has none")
    }
    let row = Int(cursors[source])
    cursors[source] += 1
    let epoch = row / supplies[source].rowsPerEpoch
    guard epoch < supplies[source].epochs.count else {
      throw .failed("the order of the rows takes more rows of a source than its epochs have")
    }
    if readers[source]?.epoch != epoch {
      readers[source] = EpochReader(
        epoch: epoch,
        try ShuffledRowsReader(
          folder: try cache.open(.shuffle, supplies[source].epochs[epoch]),
          width: columns.width.rawValue, rowLength: columns.sequenceLength, rowsAhead: rowsAhead))
    }
    try readers[source]?.reader.read(
      row % supplies[source].rowsPerEpoch, tokens: &tokens, pieces: &pieces)
  }

  /// The reader of a source's current epoch.
  private final class EpochReader {
    let epoch: Int
    var reader: ShuffledRowsReader

    init(epoch: Int, _ reader: consuming ShuffledRowsReader) {
      self.epoch = epoch
      self.reader = reader
    }
  }
}
