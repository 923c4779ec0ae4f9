import Bytes

/// The fixed partition of all signatures by the top bits of their keys.
///
/// Sign routes to slots, so that what it writes depends on neither the size of the corpus nor the
/// number of buckets. A bucket is made of neighbouring slots once all signatures are counted.
public enum SignatureSlots {
  /// The top bits of a key that name its slot.
  static let bits = 12
  /// The number of slots.
  public static let count = 1 << bits

  /// The slot of a key.
  static func slot(of key: Hash128) -> Int { Int(key.high >> UInt64(64 - bits)) }
}
