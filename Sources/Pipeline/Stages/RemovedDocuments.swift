import Bytes
import Deduplication

/// The documents of a text part that barriers have removed.
struct RemovedDocuments: Sendable {
  /// Ordinals in rising order, each once.
  private let ordinals: [UInt32]
  /// The barrier of each.
  private let barriers: [UInt16]

  init(_ part: MarkedTextPart, cache: StageCache) throws(CuveeError) {
    var all: [(ordinal: UInt32, barrier: UInt16)] = []
    for (barrier, mark) in part.marks.enumerated() {
      for removal in try MarkUnit.removals(mark, cache: cache) {
        all.append((removal, UInt16(barrier)))
      }
    }
    all.sort { $0.ordinal < $1.ordinal }
    ordinals = all.map(\.ordinal)
    barriers = all.map(\.barrier)
  }

  /// The barrier that has removed a document, as an index into the part's marks; nil where the
  /// document is still there.
  func barrier(removing ordinal: UInt32) -> Int? {
    var low = 0
    var high = ordinals.count
    while low < high {
      let middle = (low + high) / 2
      if ordinals[middle] < ordinal { low = middle + 1 } else { high = middle }
    }
    guard low < ordinals.count, ordinals[low] == ordinal else { return nil }
    return Int(barriers[low])
  }
}
