import Bytes
import CByteKernels

/// Merges the bytes of one piece to tokens: again and again the pair of least rank, leftmost first.
///
/// Short pieces are merged by scanning for the least rank, long ones with a heap, so that a run of
/// a million equal bytes takes a million times log n and not n squared.
struct BytePairMerger {
  /// Up to this many bytes scanning is the faster way.
  private static let longestScanned = CUVEE_MERGED_PIECE
  /// Scratch memory above this is given back after use.
  private static let keptScratch = 1 << 16

  private var symbols: [UInt32] = []
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
    if piece.count <= Self.longestScanned { return model.merges.merge(piece, into: &ids) }
    symbols.removeAll(keepingCapacity: true)
    for index in 0..<piece.count {
      let id = model.byteTokens[Int(piece[index])]
      // Bytes without a token never occur in UTF-8.
      if id != TokenBytes.noToken { symbols.append(id) }
    }
    heapMerger.merge(&symbols, pairs: model.pairs)
    ids.append(contentsOf: symbols)
    if symbols.capacity > Self.keptScratch { self = BytePairMerger() }
  }
}
