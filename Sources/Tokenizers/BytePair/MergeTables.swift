import CByteKernels

/// The merges of a vocabulary as the C kernels read them, eight pairs to a cache line.
@safe final class MergeTables: PairFinding, @unchecked Sendable {
  /// The greatest token that a pair may have or give, and the greatest rank.
  static let greatestToken: UInt32 = 0x1F_FFFE
  static let greatestRank: UInt32 = 0x3F_FFFE

  // Invariant, for `@unchecked Sendable` and every use: all are filled before `init` returns,
  // from then on only read, and live as long as this does.
  private let slots: UnsafeMutablePointer<UInt64>
  private let slotCount: Int
  private let merged: UnsafeMutablePointer<UInt32>
  /// What the tokens of all ranks are above their rank, where that is the same for all.
  private let mergedOffset: UInt32?
  /// The pairs of ranks of several tokens, and those.
  private let tiedPairs: UnsafeMutablePointer<UInt64>
  private let tiedTokens: UnsafeMutablePointer<UInt32>
  let tiedCount: Int
  private let byteTokens: UnsafeMutablePointer<UInt32>
  private let byteRanks: UnsafeMutablePointer<UInt32>

  /// The short pieces that the kernels merge.
  enum Scope {
    case all
    /// Those of ASCII characters, where the merges are of characters and not of bytes.
    case ascii
    case none
  }

  let scope: Scope
  /// The most symbols that are merged at once.
  static let mostSymbols = CUVEE_MERGED_PIECE

  /// Creates the tables.
  ///
  /// - Parameters:
  ///   - list: The merges.
  ///   - tokens: The tokens of the 256 bytes, or `CUVEE_NO_TOKEN`.
  ///   - scope: The short pieces that the kernels merge.
  /// - Precondition: no token above `greatestToken`, no rank above `greatestRank`.
  init(pairs list: PairList, byteTokens tokens: [UInt32], scope: Scope = .all) {
    self.scope = scope
    var count = 64
    while count < list.entries.count * 2 { count *= 2 }
    var greatest: UInt32 = 0
    for pair in list.entries { greatest = max(greatest, pair.rank) }
    slotCount = count
    let slots = unsafe HugePages.allocate(UInt64.self, count: count, filledWith: .max)
    let merged = unsafe HugePages.allocate(
      UInt32.self, count: Int(greatest) + 1, filledWith: CUVEE_NO_TOKEN)
    let mask = UInt64(count - 1)
    var tiedRanks: Set<UInt32> = []
    var offsets: (least: UInt32, greatest: UInt32) = (.max, 0)
    let bytesOf = ByteTokenIndex(tokens)
    var ofBytes: [PairList.Entry] = []
    let entries = list.entries
    for (index, entry) in entries.enumerated() {
      if index + Self.ahead < entries.count {
        let later = entries[index + Self.ahead]
        let pair = UInt64(later.left) << 21 | UInt64(later.right)
        unsafe cuvee_prefetch(slots + Int(cuvee_pair_hash(pair) & mask))
      }
      if bytesOf.holds(entry.left), bytesOf.holds(entry.right) { ofBytes.append(entry) }
      let (rank, token) = (entry.rank, entry.merged)
      offsets = (min(offsets.least, token &- rank), max(offsets.greatest, token &- rank))
      let pair = UInt64(entry.left) << 21 | UInt64(entry.right)
      var place = cuvee_pair_hash(pair) & mask
      // A pair that is there already is replaced.
      while true {
        let slot = unsafe slots[Int(place)]
        if slot == .max || slot >> 22 == pair { break }
        place = (place + 1) & mask
      }
      unsafe slots[Int(place)] = pair << 22 | UInt64(rank)
      let known = unsafe merged[Int(rank)]
      if known != CUVEE_NO_TOKEN && known != token { tiedRanks.insert(rank) }
      unsafe merged[Int(rank)] = token
    }
    let tied = unsafe Self.untie(tiedRanks, list, merged)
    unsafe tiedPairs = HugePages.allocate(UInt64.self, count: tied.count, filledWith: 0)
    unsafe tiedTokens = HugePages.allocate(UInt32.self, count: tied.count, filledWith: 0)
    tiedCount = tied.count
    for (index, entry) in tied.enumerated() {
      unsafe tiedPairs[index] = entry.pair
      unsafe tiedTokens[index] = entry.token
    }
    mergedOffset = offsets.least == offsets.greatest ? offsets.least : nil
    unsafe byteTokens = HugePages.allocate(UInt32.self, count: 256, filledWith: CUVEE_NO_TOKEN)
    unsafe byteRanks = HugePages.allocate(UInt32.self, count: 1 << 16, filledWith: CUVEE_NO_RANK)
    unsafe (self.slots, self.merged) = (slots, merged)
    for (byte, token) in tokens.enumerated() { unsafe byteTokens[byte] = token }
    // The last of a pair counts, as in the table.
    for entry in ofBytes {
      for first in bytesOf[entry.left] {
        for second in bytesOf[entry.right] {
          unsafe byteRanks[Int(first) << 8 | Int(second)] = entry.rank
        }
      }
    }
  }

  /// How many pairs ahead of its use a slot is asked for.
  private static let ahead = 16

  deinit {
    unsafe slots.deallocate()
    unsafe merged.deallocate()
    unsafe byteTokens.deallocate()
    unsafe byteRanks.deallocate()
    unsafe tiedPairs.deallocate()
    unsafe tiedTokens.deallocate()
  }

  /// The rank of a pair in the high half and its merged symbol in the low half, or
  /// `PairTable.none`.
  @inline(__always)
  func find(_ left: UInt32, _ right: UInt32) -> UInt64 {
    guard max(left, right) <= Self.greatestToken else { return PairTable.none }
    let pair = UInt64(left) << 21 | UInt64(right)
    let mask = UInt64(slotCount - 1)
    var place = cuvee_pair_hash(pair) & mask
    while true {
      // The mask keeps the place inside the table, which is never full.
      let slot = unsafe slots[Int(place)]
      if slot >> 22 == pair {
        let rank = UInt32(truncatingIfNeeded: slot & 0x3F_FFFF)
        return UInt64(rank) << 32 | UInt64(token(of: rank, pair))
      }
      if slot == .max { return PairTable.none }
      place = (place + 1) & mask
    }
  }

  /// What a pair of a rank merges to.
  @inline(__always)
  private func token(of rank: UInt32, _ pair: UInt64) -> UInt32 {
    if let mergedOffset { return rank &+ mergedOffset }
    let token = unsafe merged[Int(rank)]
    if token != CUVEE_NO_TOKEN { return token }
    for index in 0..<tiedCount where unsafe tiedPairs[index] == pair {
      return unsafe tiedTokens[index]
    }
    return token
  }

  /// Takes the tokens of some ranks out of those of all, and gives their pairs with their tokens.
  private static func untie(
    _ ranks: Set<UInt32>, _ list: PairList, _ merged: UnsafeMutablePointer<UInt32>
  ) -> [(pair: UInt64, token: UInt32)] {
    var tied: [(pair: UInt64, token: UInt32)] = []
    if ranks.isEmpty { return tied }
    for pair in list.entries where ranks.contains(pair.rank) {
      tied.append((UInt64(pair.left) << 21 | UInt64(pair.right), pair.merged))
      unsafe merged[Int(pair.rank)] = CUVEE_NO_TOKEN
    }
    return tied
  }

  /// Calls a function with the tables as the kernels take them.
  func withKernel<Result>(_ body: (UnsafePointer<cuvee_merges>) -> Result) -> Result {
    let refused: (low: UInt64, high: UInt64) =
      switch scope {
      case .all: (0, 0)
      // The highest byte of a key's second word is its length.
      case .ascii: (0x8080_8080_8080_8080, 0x0080_8080_8080_8080)
      case .none: (.max, .max)
      }
    let kernel = unsafe cuvee_merges(
      slots: slots, slot_mask: UInt64(slotCount - 1),
      merged: mergedOffset == nil ? UnsafePointer(merged) : nil,
      merged_offset: mergedOffset ?? 0, tied_pairs: tiedPairs, tied_tokens: tiedTokens,
      tied_count: tiedCount, byte_tokens: byteTokens, byte_ranks: byteRanks,
      refused_low: refused.low, refused_high: refused.high)
    return unsafe withUnsafePointer(to: kernel) { unsafe body($0) }
  }

  /// Appends the ids of a piece of at most `CUVEE_MERGED_PIECE` bytes.
  func merge(_ piece: Span<UInt8>, into ids: inout [UInt32]) {
    if piece.isEmpty { return }
    unsafe piece.withUnsafeBufferPointer { bytes in
      unsafe withKernel { kernel in
        ids.append(addingCapacity: bytes.count) { output in
          unsafe output.withUnsafeMutableBufferPointer { place, count in
            // A piece gives at most as many ids as it has bytes, which is the room here.
            count = unsafe cuvee_merge(kernel, bytes.baseAddress, bytes.count, place.baseAddress)
          }
        }
      }
    }
  }

  /// Appends the ids that at most `mostSymbols` symbols merge to.
  func merge(symbols: Span<UInt32>, into ids: inout [UInt32]) {
    precondition(symbols.count <= Self.mostSymbols)
    if symbols.isEmpty { return }
    unsafe symbols.withUnsafeBufferPointer { symbols in
      unsafe withKernel { kernel in
        ids.append(addingCapacity: symbols.count) { output in
          unsafe output.withUnsafeMutableBufferPointer { place, count in
            // No more ids than symbols, which is the room here.
            count = unsafe cuvee_merge_symbols(
              kernel, symbols.baseAddress, symbols.count, place.baseAddress)
          }
        }
      }
    }
  }
}
