import Bytes
import CByteKernels

/// Merges the bytes of one piece to tokens: again and again the pair of least rank, leftmost first.
///
/// Long pieces are merged in windows that overlap, so that each byte of a run of a million takes as
/// long as one of a short run. Where that does not come out, a heap merges them as a whole.
struct BytePairMerger {
  /// Up to this many bytes the kernel merges at once: a window.
  private static let window = CUVEE_MERGED_PIECE
  /// The bytes that a window shares with the next at least.
  private static let overlap = 256

  private var symbols: [UInt32] = []
  private var following: [UInt32] = []
  private var heapMerger = HeapMerger()

  /// Appends the ids of a piece. Where they are many, a drain takes some of them.
  mutating func merge(
    _ piece: Span<UInt8>, model: BytePairModel, into ids: inout [UInt32],
    _ drain: TokenDrain = TokenDrain()
  ) {
    if model.prefersWholePieces {
      let whole = model.tokens.find(piece)
      if whole != TokenBytes.noToken {
        ids.append(whole)
        return
      }
    }
    if piece.count <= Self.window { return model.merges.merge(piece, into: &ids) }
    let start = drain.taken + ids.count
    if mergeWindows(piece, model: model, into: &ids, drain) { return }
    drain.rollBack(&ids, to: start)
    if mergeLongWindows(piece, model: model, into: &ids, drain) { return }
    symbols.removeAll(keepingCapacity: true)
    for index in 0..<piece.count {
      let id = model.byteTokens[Int(piece[index])]
      // Bytes without a token never occur in UTF-8.
      if id != TokenBytes.noToken { symbols.append(id) }
    }
    heapMerger.merge(&symbols, pairs: model.merges)
    ids.append(contentsOf: symbols)
    self = BytePairMerger()
  }

  /// Merges a piece in windows of many symbols; false, and nothing appended, where two windows do not
  /// come together.
  private func mergeLongWindows(
    _ piece: Span<UInt8>, model: BytePairModel, into ids: inout [UInt32], _ drain: TokenDrain
  ) -> Bool {
    guard piece.count > WindowMerger.usualWindow else { return false }
    let start = drain.taken + ids.count
    var merger = WindowMerger()
    var index = 0
    let comesOut = merger.merge(
      pairs: model.merges,
      fill: { symbols, count in
        while index < piece.count, symbols.count < count {
          let id = model.byteTokens[Int(piece[index])]
          // Bytes without a token never occur in UTF-8.
          if id != TokenBytes.noToken { symbols.append(id) }
          index += 1
        }
        return index < piece.count
      },
      emit: { tokens in
        ids += tokens
        drain.relieve(&ids)
      })
    if !comesOut { drain.rollBack(&ids, to: start) }
    return comesOut
  }

  /// Merges a window; false where it holds bytes that no token stands for.
  private static func mergeWindow(
    _ piece: Span<UInt8>, model: BytePairModel, into symbols: inout [UInt32]
  ) -> Bool {
    symbols.removeAll(keepingCapacity: true)
    model.merges.merge(piece, into: &symbols)
    return symbols.reduce(0) { $0 + model.tokens.length($1) } == piece.count
  }

  /// Merges a piece in windows; false where two windows do not come together.
  ///
  /// Tokens in a row are what merging their bytes gives exactly if this holds for each two
  /// neighbours: the first merge that crossed from one token into the next would happen between
  /// those two alone as well. In the tokens of a window it holds. So two windows may be joined at a
  /// token that both have: each of its neighbours is its neighbour in one of them.
  private mutating func mergeWindows(
    _ piece: Span<UInt8>, model: BytePairModel, into ids: inout [UInt32], _ drain: TokenDrain
  ) -> Bool {
    var end = Self.window
    guard
      Self.mergeWindow(piece.extracting(0..<end), model: model, into: &symbols)
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
        Self.mergeWindow(piece.extracting(place..<newEnd), model: model, into: &following),
        let (left, right) = sharedToken(from: index, model.tokens), left >= next
      else { return false }
      ids += symbols[next...left]
      drain.relieve(&ids)
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
