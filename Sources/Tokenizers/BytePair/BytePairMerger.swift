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
    if piece.count <= Self.longestScanned {
      scan(piece, model: model)
    } else {
      for index in 0..<piece.count {
        let id = model.byteTokens[Int(piece[index])]
        // Bytes without a token never occur in UTF-8.
        if id != TokenBytes.noToken { symbols.append(id) }
      }
      heapMerger.merge(&symbols, pairs: model.pairs)
    }
    ids.append(contentsOf: symbols)
    if symbols.capacity > Self.keptScratch { self = BytePairMerger() }
  }

  /// Merges the bytes of a short piece into `symbols`.
  private mutating func scan(_ piece: Span<UInt8>, model: BytePairModel) {
    ranked.removeAll(keepingCapacity: true)
    var before: UInt8?
    for index in 0..<piece.count {
      let byte = piece[index]
      let id = model.byteTokens[Int(byte)]
      // Bytes without a token never occur in UTF-8.
      if id == TokenBytes.noToken { continue }
      if let before { ranked.append(model.bytePairs[Int(before) << 8 | Int(byte)]) }
      symbols.append(id)
      before = byte
    }
    ranked.append(PairTable.none)
    let kept = Self.merge(&symbols, &ranked, model.pairs)
    symbols.removeSubrange(kept...)
  }

  /// Merges symbols in place, given what each pair of neighbours merges to.
  ///
  /// - Returns: The number of symbols that are left.
  private static func merge(
    _ symbolList: inout [UInt32], _ rankedList: inout [UInt64], _ pairs: PairTable
  ) -> Int {
    var symbols = symbolList.mutableSpan
    var ranked = rankedList.mutableSpan
    var count = symbols.count
    while count > 1 {
      var best = ranked[0]
      var position = 0
      for index in 1..<count where ranked[index] < best {
        best = ranked[index]
        position = index
      }
      if best == PairTable.none { break }
      let merged = UInt32(truncatingIfNeeded: best)
      symbols[position] = merged
      count -= 1
      for index in position + 1..<count {
        symbols[index] = symbols[index + 1]
        ranked[index] = ranked[index + 1]
      }
      ranked[position] =
        position + 1 < count ? pairs.find(merged, symbols[position + 1]) : PairTable.none
      if position > 0 { ranked[position - 1] = pairs.find(symbols[position - 1], merged) }
    }
    return count
  }
}
