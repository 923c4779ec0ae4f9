/// The merging of a long run of symbols in n log n: a linked list and a heap of its pairs.
struct HeapMerger {
  private static let end = UInt32.max

  private var next: [UInt32] = []
  private var previous: [UInt32] = []
  /// The rank and merged symbol of the pair that starts at each position, as `PairTable` has it.
  private var pair: [UInt64] = []
  /// A binary heap of `rank << 32 | position`. An entry is stale when its rank is no longer that
  /// of the pair at its position; a pair's rank never returns to a position once it is gone,
  /// because symbols only grow.
  private var heap: [UInt64] = []
  /// Where each symbol that is left began before anything was merged.
  private(set) var places: [UInt32] = []

  /// Merges until no pair is left.
  ///
  /// - Precondition: fewer than 2^32 - 1 symbols.
  mutating func merge(_ symbols: inout [UInt32], pairs: some PairFinding) {
    let count = symbols.count
    places.removeAll(keepingCapacity: true)
    guard count > 1 else {
      if count == 1 { places.append(0) }
      return
    }
    start(symbols, pairs: pairs)
    while let entry = popLeast() {
      let position = Int(entry & 0xFFFF_FFFF)
      let found = pair[position]
      if found == PairTable.none || found >> 32 != entry >> 32 { continue }
      let right = Int(next[position])
      symbols[position] = UInt32(truncatingIfNeeded: found)
      pair[right] = PairTable.none
      let after = next[right]
      next[position] = after
      if after != Self.end { previous[Int(after)] = UInt32(position) }
      look(at: position, symbols, pairs)
      let before = previous[position]
      if before != Self.end { look(at: Int(before), symbols, pairs) }
    }
    var kept = 0
    var position = 0
    while true {
      symbols[kept] = symbols[position]
      places.append(UInt32(truncatingIfNeeded: position))
      kept += 1
      if next[position] == Self.end { break }
      position = Int(next[position])
    }
    symbols.removeSubrange(kept...)
  }

  private mutating func start(_ symbols: [UInt32], pairs: some PairFinding) {
    let count = symbols.count
    next = (1...count).map { $0 < count ? UInt32($0) : Self.end }
    previous = (0..<count).map { $0 > 0 ? UInt32($0 - 1) : Self.end }
    pair = Array(repeating: PairTable.none, count: count)
    heap.removeAll(keepingCapacity: true)
    for position in 0..<count - 1 {
      let found = pairs.find(symbols[position], symbols[position + 1])
      pair[position] = found
      if found != PairTable.none { heap.append(Self.entry(found, position)) }
    }
    for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(from: index) }
  }

  /// Looks up the pair that now starts at a position and puts it on the heap.
  private mutating func look(at position: Int, _ symbols: [UInt32], _ pairs: some PairFinding) {
    let right = next[position]
    let found =
      right == Self.end
      ? PairTable.none : pairs.find(symbols[position], symbols[Int(right)])
    pair[position] = found
    if found != PairTable.none { push(Self.entry(found, position)) }
  }

  private static func entry(_ pair: UInt64, _ position: Int) -> UInt64 {
    pair & 0xFFFF_FFFF_0000_0000 | UInt64(position)
  }

  private mutating func push(_ entry: UInt64) {
    heap.append(entry)
    var index = heap.count - 1
    while index > 0 {
      let parent = (index - 1) / 2
      if heap[parent] <= entry { break }
      heap[index] = heap[parent]
      index = parent
    }
    heap[index] = entry
  }

  private mutating func popLeast() -> UInt64? {
    guard let least = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      sink(from: 0)
    }
    return least
  }

  private mutating func sink(from start: Int) {
    let count = heap.count
    let entry = heap[start]
    var index = start
    while true {
      var child = 2 * index + 1
      if child >= count { break }
      if child + 1 < count && heap[child + 1] < heap[child] { child += 1 }
      if heap[child] >= entry { break }
      heap[index] = heap[child]
      index = child
    }
    heap[index] = entry
  }
}
