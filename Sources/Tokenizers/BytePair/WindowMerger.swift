/// Merges a run of symbols of any length in windows that overlap, so that it takes the memory of a
/// window and not of the run.
///
/// Tokens in a row are what merging their symbols gives exactly if this holds for each two
/// neighbours: the first merge that crossed from one token into the next would happen between those
/// two alone as well. In the tokens of a window it holds. So two windows may be joined at a token
/// that both have: each of its neighbours is its neighbour in one of them.
struct WindowMerger {
  /// The symbols of a window unless a test wants another.
  static let usualWindow = 1 << 16

  private let window: Int
  private var heap = HeapMerger()

  init(window: Int = usualWindow) { self.window = window }

  /// Merges a run.
  ///
  /// - Parameters:
  ///   - pairs: The merges.
  ///   - fill: Appends the next symbols of the run to a list until that holds a number of them, and
  ///     says whether more are left.
  ///   - emit: Takes the tokens, a stretch after another.
  /// - Returns: False where two windows do not come together: what was emitted then counts for
  ///   nothing.
  mutating func merge(
    pairs: some PairFinding, fill: (inout [UInt32], Int) -> Bool, emit: (ArraySlice<UInt32>) -> Void
  ) -> Bool {
    var symbols: [UInt32] = []
    var hasMore = fill(&symbols, window)
    var tokens = symbols
    heap.merge(&tokens, pairs: pairs)
    var places = heap.places
    // The first token that was not emitted.
    var next = 0
    while hasMore {
      // The next window starts with one of this window's tokens, three quarters on.
      let limit = symbols.count - symbols.count / 4
      guard let index = places.firstIndex(where: { $0 >= limit }), index > next else {
        return false
      }
      let shift = places[index]
      symbols.removeSubrange(0..<Int(shift))
      hasMore = fill(&symbols, window)
      var following = symbols
      heap.merge(&following, pairs: pairs)
      var (left, right) = (index, 0)
      while left < tokens.count, right < following.count {
        let (leftPlace, rightPlace) = (places[left] - shift, heap.places[right])
        if leftPlace == rightPlace, tokens[left] == following[right] { break }
        if leftPlace <= rightPlace { left += 1 }
        if rightPlace <= leftPlace { right += 1 }
      }
      guard left < tokens.count, right < following.count else { return false }
      emit(tokens[next...left])
      (tokens, places, next) = (following, heap.places, right + 1)
    }
    emit(tokens[next...])
    return true
  }
}
