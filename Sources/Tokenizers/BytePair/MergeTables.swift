import CByteKernels

/// The merges of a byte-level vocabulary as the C kernels read them, eight pairs to a cache line.
@safe final class MergeTables: @unchecked Sendable {
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
  private let byteTokens: UnsafeMutablePointer<UInt32>
  private let byteRanks: UnsafeMutablePointer<UInt32>

  /// - Precondition: no token above `greatestToken`, no rank above `greatestRank`.
  init(pairs: PairTable, byteTokens tokens: [UInt32]) {
    var count = 64
    while count < pairs.count * 2 { count *= 2 }
    var greatest: UInt32 = 0
    pairs.forEach { _, _, rank, _ in greatest = max(greatest, rank) }
    slotCount = count
    let slots = unsafe HugePages.allocate(UInt64.self, count: count, filledWith: .max)
    let merged = unsafe HugePages.allocate(UInt32.self, count: Int(greatest) + 1, filledWith: 0)
    let mask = UInt64(count - 1)
    var offsets: (least: UInt32, greatest: UInt32) = (.max, 0)
    pairs.forEach { left, right, rank, token in
      offsets = (min(offsets.least, token &- rank), max(offsets.greatest, token &- rank))
      let pair = UInt64(left) << 21 | UInt64(right)
      var place = cuvee_pair_hash(pair) & mask
      while unsafe slots[Int(place)] != .max { place = (place + 1) & mask }
      unsafe slots[Int(place)] = pair << 22 | UInt64(rank)
      unsafe merged[Int(rank)] = token
    }
    mergedOffset = offsets.least == offsets.greatest ? offsets.least : nil
    unsafe byteTokens = HugePages.allocate(UInt32.self, count: 256, filledWith: CUVEE_NO_TOKEN)
    unsafe byteRanks = HugePages.allocate(UInt32.self, count: 1 << 16, filledWith: CUVEE_NO_RANK)
    unsafe (self.slots, self.merged) = (slots, merged)
    for (byte, token) in tokens.enumerated() { unsafe byteTokens[byte] = token }
    for first in 0..<256 {
      for second in 0..<256 {
        let found = pairs.find(tokens[first], tokens[second])
        if found != PairTable.none { unsafe byteRanks[first << 8 | second] = UInt32(found >> 32) }
      }
    }
  }

  deinit {
    unsafe slots.deallocate()
    unsafe merged.deallocate()
    unsafe byteTokens.deallocate()
    unsafe byteRanks.deallocate()
  }

  /// Calls a function with the tables as the kernels take them.
  func withKernel<Result>(_ body: (UnsafePointer<cuvee_merges>) -> Result) -> Result {
    let kernel = unsafe cuvee_merges(
      slots: slots, slot_mask: UInt64(slotCount - 1),
      merged: mergedOffset == nil ? UnsafePointer(merged) : nil,
      merged_offset: mergedOffset ?? 0, byte_tokens: byteTokens, byte_ranks: byteRanks)
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
}
