import CByteKernels

/// The ids of short pieces that one worker has met, within a budget of bytes.
///
/// When it is full it grows, and when the budget is spent it starts again: that costs little, and ids
/// never depend on it. It starts with nothing: what a text is made of is soon known, and most of a
/// large vocabulary no text asks for.
@safe struct PieceCache: ~Copyable {
  private let mostEntries: Int
  /// Invariant: `entries` has `capacity` entries and `spilled` has 16 numbers more than `spilled_limit`; both are
  /// replaced only by `makeRoom`, on the one thread that uses this.
  private var kernel = unsafe cuvee_cache()
  private var capacity: Int

  /// The entries that it begins with at least, where the budget has room for them: 1 MiB.
  private static let fewestEntries = 1 << 15
  /// The numbers that may be spilled at most.
  private static let mostSpilled = 1 << 20

  /// Creates an empty cache.
  ///
  /// - Parameter budget: The bytes to hold. A full cache uses half of them, because it holds its old
  ///   entries while it moves to a larger one.
  init(budget: Int) {
    var most = 64
    while most * 2 * MemoryLayout<cuvee_entry>.stride <= budget / 2 { most *= 2 }
    mostEntries = most
    capacity = min(most, Self.fewestEntries)
    unsafe kernel.entries = Self.emptyEntries(capacity)
    setSize()
    let spilled = min(1 << 14, Self.mostSpilled)
    unsafe kernel.spilled = Self.emptySpilled(spilled)
    unsafe kernel.spilled_limit = spilled
  }

  deinit {
    unsafe kernel.entries.deallocate()
    unsafe kernel.spilled.deallocate()
  }

  /// Calls a function with the cache as the kernels take it.
  @inline(__always)
  mutating func withKernel<Result>(
    _ body: (UnsafeMutablePointer<cuvee_cache>) -> Result
  ) -> Result {
    unsafe body(&kernel)
  }

  /// Whether there is room for one more piece.
  var hasRoom: Bool {
    let isSpilledFull = unsafe kernel.spilled_used + CUVEE_SHORT_PIECE > kernel.spilled_limit
    return unsafe kernel.used < kernel.limit && !isSpilledFull
  }

  /// Makes room for one more piece at least, by growing or by starting again.
  mutating func makeRoom() {
    let isSpilledFull =
      unsafe kernel.spilled_used + CUVEE_SHORT_PIECE > kernel.spilled_limit
    if isSpilledFull {
      if unsafe kernel.spilled_limit < Self.mostSpilled { growSpilled() } else { startAgain() }
    }
    if unsafe kernel.used >= kernel.limit {
      if capacity < mostEntries { grow() } else { startAgain() }
    }
  }

  private mutating func grow() {
    var larger = unsafe kernel
    capacity *= 2
    unsafe larger.entries = Self.emptyEntries(capacity)
    unsafe swap(&larger, &kernel)
    setSize()
    unsafe cuvee_move_entries(&larger, &kernel)
    unsafe larger.entries.deallocate()
  }

  private mutating func growSpilled() {
    let count = unsafe kernel.spilled_limit * 2
    let larger = unsafe Self.emptySpilled(count)
    unsafe larger.update(from: kernel.spilled, count: kernel.spilled_used)
    unsafe kernel.spilled.deallocate()
    unsafe kernel.spilled = unsafe larger
    unsafe kernel.spilled_limit = count
  }

  private mutating func startAgain() {
    unsafe kernel.entries.update(repeating: cuvee_entry(), count: capacity)
    unsafe kernel.used = 0
    unsafe kernel.spilled_used = 0
  }

  private mutating func setSize() {
    unsafe kernel.line_mask = UInt64(capacity / 2 - 1)
    // Above five eighths look-ups go on to further lines too often.
    unsafe kernel.limit = capacity / 8 * 5
  }

  /// Room for spilled ids, and for 16 that the kernel may read behind them.
  private static func emptySpilled(_ limit: Int) -> UnsafeMutablePointer<UInt32> {
    unsafe HugePages.allocate(UInt32.self, count: limit + 16, filledWith: 0)
  }

  private static func emptyEntries(_ count: Int) -> UnsafeMutablePointer<cuvee_entry> {
    unsafe HugePages.allocate(cuvee_entry.self, count: count, filledWith: cuvee_entry())
  }
}
