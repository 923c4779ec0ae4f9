import CByteKernels

/// The ids of short pieces that one worker has met, within a budget of bytes.
///
/// Given a vocabulary, it starts with every short token, which is most of what text is made of. When
/// it is full it grows, and when the budget is spent it starts again: that costs little, and ids
/// never depend on it.
@safe struct PieceCache: ~Copyable {
  private let model: BytePairModel?
  private let mostEntries: Int
  private let seeds: Int
  /// Invariant: `entries` has `capacity` entries and `spilled` has `spilled_limit` numbers; both are
  /// replaced only by `makeRoom`, on the one thread that uses this.
  private var kernel = unsafe cuvee_cache()
  private var capacity: Int

  /// The entries that it begins with at least, where the budget has room for them.
  private static let fewestEntries = 1 << 13
  /// The numbers that may be spilled at most.
  private static let mostSpilled = 1 << 20

  /// Creates a cache of a vocabulary.
  ///
  /// - Parameters:
  ///   - model: The vocabulary that it starts with; nil to start with nothing.
  ///   - budget: The bytes to hold, of which the half is used, so that it holds while a cache moves
  ///     to a larger one. What the vocabulary itself needs is used in any case.
  init(model: BytePairModel?, budget: Int) {
    self.model = model
    var seeds = 0
    model?.forEachShortToken { _, _ in seeds += 1 }
    self.seeds = seeds
    var most = 64
    while most * 2 * MemoryLayout<cuvee_entry>.stride <= budget / 2 || most < seeds * 2 {
      most *= 2
    }
    mostEntries = most
    capacity = min(most, Self.fewestEntries)
    while capacity < most && capacity < seeds * 4 { capacity *= 2 }
    unsafe kernel.entries = Self.emptyEntries(capacity)
    setSize()
    let spilled = min(1 << 14, Self.mostSpilled)
    unsafe kernel.spilled = HugePages.allocate(UInt32.self, count: spilled, filledWith: 0)
    unsafe kernel.spilled_limit = spilled
    seed()
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
    let larger = unsafe HugePages.allocate(UInt32.self, count: count, filledWith: 0)
    unsafe larger.update(from: kernel.spilled, count: kernel.spilled_used)
    unsafe kernel.spilled.deallocate()
    unsafe kernel.spilled = unsafe larger
    unsafe kernel.spilled_limit = count
  }

  private mutating func startAgain() {
    unsafe kernel.entries.update(repeating: cuvee_entry(), count: capacity)
    unsafe kernel.used = 0
    unsafe kernel.spilled_used = 0
    seed()
  }

  private mutating func setSize() {
    unsafe kernel.line_mask = UInt64(capacity / 2 - 1)
    // Above five eighths look-ups go on to further lines too often.
    unsafe kernel.limit = capacity / 8 * 5
  }

  private mutating func seed() {
    guard let model else { return }
    unsafe model.merges.withKernel { merges in
      model.forEachShortToken { id, token in
        unsafe token.withUnsafeBufferPointer { bytes in
          // There is room for all of them, as the table has twice as many entries.
          unsafe cuvee_remember(
            &kernel, merges, bytes.baseAddress, bytes.count,
            model.prefersWholePieces ? id : CUVEE_NO_TOKEN)
        }
      }
    }
  }

  private static func emptyEntries(_ count: Int) -> UnsafeMutablePointer<cuvee_entry> {
    unsafe HugePages.allocate(cuvee_entry.self, count: count, filledWith: cuvee_entry())
  }
}
