/// Merges the bytes of one piece to tokens: again and again the pair of least rank, leftmost first.
///
/// Short pieces are merged by scanning for the least rank, long ones with a heap, so that a run of
/// a million equal bytes takes a million times log n and not n squared.
struct BytePairMerger {
  /// Up to this many bytes scanning is the faster way.
  private static let longestScanned = 48
  /// Scratch memory above this is given back after use.
  private static let keptScratch = 1 << 16

  private var symbols: [UInt32] = []
  private var ranked: [UInt64] = []
  private var heapMerger = HeapMerger()

  /// Appends the ids of a piece.
  mutating func merge(_ piece: Span<UInt8>, model: BytePairModel, into ids: inout [UInt32]) {
    if model.prefersWholePieces {
      let whole = model.tokens.find(piece)
      if whole != TokenBytes.noToken {
        ids.append(whole)
        return
      }
    }
    symbols.removeAll(keepingCapacity: true)
    for index in 0..<piece.count {
      let id = model.byteTokens[Int(piece[index])]
      // Bytes without a token never occur in UTF-8.
      if id != TokenBytes.noToken { symbols.append(id) }
    }
    if symbols.count <= Self.longestScanned {
      scan(model.pairs)
    } else {
      heapMerger.merge(&symbols, pairs: model.pairs)
    }
    ids.append(contentsOf: symbols)
    if symbols.capacity > Self.keptScratch { self = BytePairMerger() }
  }

  private mutating func scan(_ pairs: PairTable) {
    var count = symbols.count
    guard count > 1 else { return }
    ranked.removeAll(keepingCapacity: true)
    for index in 0..<count - 1 { ranked.append(pairs.find(symbols[index], symbols[index + 1])) }
    ranked.append(PairTable.none)
    while true {
      var best = PairTable.none
      var position = 0
      for index in 0..<count - 1 where ranked[index] < best {
        best = ranked[index]
        position = index
      }
      if best == PairTable.none { break }
      symbols[position] = UInt32(truncatingIfNeeded: best)
      for index in position + 1..<count - 1 {
        symbols[index] = symbols[index + 1]
        ranked[index] = ranked[index + 1]
      }
      count -= 1
      ranked[count - 1] = PairTable.none
      if position + 1 < count {
        ranked[position] = pairs.find(symbols[position], symbols[position + 1])
      }
      if position > 0 {
        ranked[position - 1] = pairs.find(symbols[position - 1], symbols[position])
      }
    }
    symbols.removeSubrange(count...)
  }
}
