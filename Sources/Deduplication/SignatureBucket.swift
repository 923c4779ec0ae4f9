import Bytes

/// The signatures that are resolved at once: those of neighbouring slots, or a slice of one slot.
///
/// Equal keys are always in the same bucket.
public struct SignatureBucket: Sendable, Equatable {
  /// The slots; one where it is cut into slices.
  public let slots: Range<Int>
  /// Which slice of its slot the bucket is, below `slices`.
  public let slice: Int
  /// The slices that the slot is cut into by the next bits of the keys: a power of two.
  public let slices: Int
  /// The number of its signatures; of a slice the expected one.
  public let signatures: UInt64

  /// The most slices of a slot.
  private static let maximumSlices = 1 << 20

  /// Whether the bucket has a key; the key is from one of its slots.
  func contains(_ key: Hash128) -> Bool {
    let rest = key.high << UInt64(SignatureSlots.bits)
    return Int(rest.multipliedFullWidth(by: UInt64(slices)).high) == slice
  }
}

extension SignatureBucket {
  /// Cuts all slots into buckets, in their order.
  ///
  /// A bucket holds at most `limit` signatures, with one exception: keys that occur very often
  /// cannot be parted from themselves. Their slot holds far more than most do, is a bucket alone,
  /// and `BucketResolver` goes over it twice. Where a slot has too many different keys, because the
  /// corpus is large, it is cut into slices.
  ///
  /// - Parameters:
  ///   - counts: The signatures of each slot, of all parts together.
  ///   - limit: The most signatures of a bucket; 0 counts as 1.
  /// - Returns: The buckets: every key is in exactly one. O(slots log slots).
  public static func all(counts: [UInt64], limit: UInt64) -> [SignatureBucket] {
    let limit = max(1, limit)
    // The median says how many different keys a slot has, for a frequent key is in few slots. None has
    // twice as many: keys are spread to within a few roots of their number.
    let mostKeys = 2 * (counts.sorted()[counts.count / 2])
    var buckets: [SignatureBucket] = []
    var first = 0
    var sum: UInt64 = 0
    func close(at end: Int) {
      if first < end {
        buckets.append(
          SignatureBucket(slots: first..<end, slice: 0, slices: 1, signatures: sum))
      }
      (first, sum) = (end, 0)
    }
    for (slot, count) in counts.enumerated() {
      if count > limit {
        close(at: slot)
        let slices = slices(of: min(count, mostKeys), limit)
        for slice in 0..<slices {
          buckets.append(
            SignatureBucket(
              slots: slot..<slot + 1, slice: slice, slices: slices,
              signatures: count / UInt64(slices)))
        }
        first = slot + 1
      } else {
        if sum + count > limit { close(at: slot) }
        sum += count
      }
    }
    close(at: counts.count)
    return buckets
  }

  /// The slices of a slot with so many different keys: 1 where they fit into a bucket, else as many as
  /// leave room for slices that get more than their share.
  private static func slices(of keys: UInt64, _ limit: UInt64) -> Int {
    if keys <= limit { return 1 }
    var slices = 2
    while 4 * UInt64(slices) * limit < 5 * keys, slices < maximumSlices { slices *= 2 }
    return slices
  }
}
