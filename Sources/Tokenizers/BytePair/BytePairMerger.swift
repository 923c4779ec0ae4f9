import Bytes
import CByteKernels

/// Merges the bytes of one piece to tokens: again and again the pair of least rank, leftmost first.
///
/// Short pieces are merged by scanning for the least rank, longer ones with a heap, and the longest
/// in windows that overlap, so that a run of a million bytes takes as long for each as a short one.
struct BytePairMerger {
  /// Up to this many bytes scanning is the faster way.
  private static let longestScanned = CUVEE_MERGED_PIECE
  /// The bytes of a window, and those that it shares with the next at least.
  private static let window = 2048
  private static let overlap = 512

  private var symbols: [UInt32] = []
  private var following: [UInt32] = []
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
    let start = ids.count
    if piece.count > 2 * Self.window {
      if mergeWindows(piece, model: model, into: &ids) { return }
      ids.removeSubrange(start...)
    }
    Self.mergeWhole(piece, model: model, &heapMerger, into: &symbols)
    ids.append(contentsOf: symbols)
    if piece.count > 2 * Self.window { self = BytePairMerger() }
  }

  /// Merges a piece with a heap; false where it holds bytes that no token stands for.
  @discardableResult
  private static func mergeWhole(
    _ piece: Span<UInt8>, model: BytePairModel, _ heapMerger: inout HeapMerger,
    into symbols: inout [UInt32]
  ) -> Bool {
    symbols.removeAll(keepingCapacity: true)
    for index in 0..<piece.count {
      let id = model.byteTokens[Int(piece[index])]
      // Bytes without a token never occur in UTF-8.
      if id != TokenBytes.noToken { symbols.append(id) }
    }
    let isComplete = symbols.count == piece.count
    heapMerger.merge(&symbols, pairs: model.pairs)
    return isComplete
  }

  /// Merges a piece in windows; false where two windows do not come together.
  ///
  /// Tokens in a row are what merging their bytes gives exactly if this holds for each two
  /// neighbours: the first merge that crossed from one token into the next would happen between
  /// those two alone as well. In the tokens of a window it holds. So two windows may be joined at a
  /// token that both have: each of its neighbours is its neighbour in one of them.
  private mutating func mergeWindows(
    _ piece: Span<UInt8>, model: BytePairModel, into ids: inout [UInt32]
  ) -> Bool {
    var end = Self.window
    guard
      Self.mergeWhole(piece.extracting(0..<end), model: model, &heapMerger, into: &symbols)
    else { return false }
    var start = 0
    // The first of `symbols` that is not among `ids`.
    var next = 0
    while end < piece.count {
      // The next window starts with one of this window's tokens.
      var index = 0
      var place = start
      while index < symbols.count && place < end - Self.overlap {
        place += model.tokens.length(symbols[index])
        index += 1
      }
      guard index < symbols.count else { return false }
      let newEnd = min(place + Self.window, piece.count)
      guard
        Self.mergeWhole(
          piece.extracting(place..<newEnd), model: model, &heapMerger, into: &following),
        let (left, right) = sharedToken(from: index, model.tokens), left >= next
      else { return false }
      ids += symbols[next...left]
      (start, end, next) = (place, newEnd, right + 1)
      swap(&symbols, &following)
    }
    ids += symbols[next...]
    return true
  }

  /// The indices of the first token that `symbols` from an index on and `following`, which starts at
  /// the same place, have in common.
  private func sharedToken(from first: Int, _ tokens: TokenBytes) -> (left: Int, right: Int)? {
    var (left, right) = (first, 0)
    var (leftPlace, rightPlace) = (0, 0)
    while left < symbols.count && right < following.count {
      if leftPlace == rightPlace && symbols[left] == following[right] { return (left, right) }
      if leftPlace <= rightPlace {
        leftPlace += tokens.length(symbols[left])
        left += 1
      } else {
        rightPlace += tokens.length(following[right])
        right += 1
      }
    }
    return nil
  }
}
