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

  /// Whether a key of one of the slots is in the bucket.
  func contains(_ key: Hash128) -> Bool {
    let rest = key.high << UInt64(SignatureSlots.bits)
    return Int(rest.multipliedFullWidth(by: UInt64(slices)).high) == slice
  }
}

extension SignatureBucket {
  /// Cuts all slots into buckets, in their order.
  ///
  /// A bucket holds at most `limit` signatures, with one exception: keys that occur very often
  /// cannot be parted from themselves. Their slot holds more than its neighbours, is a bucket alone,
  /// and `BucketResolver` goes over it twice. Where the slots of most keys are too large, because the
  /// corpus is, every slot over the limit is cut into slices.
  ///
  /// - Parameters:
  ///   - counts: The signatures of each slot, of all parts together.
  ///   - limit: The most signatures of a bucket; 0 counts as 1.
  /// - Returns: The buckets: every key is in exactly one. O(slots log slots).
  public static func all(counts: [UInt64], limit: UInt64) -> [SignatureBucket] {
    let limit = max(1, limit)
    // The median says how many different keys a slot has: a frequent key is in few slots.
    let median = counts.sorted()[counts.count / 2]
    var slices = 1
    // Keys spread evenly to within a few roots of their number; half the limit leaves room for it.
    if median > limit {
      while UInt64(slices) * limit < 2 * median, slices < maximumSlices { slices *= 2 }
    }
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
}
