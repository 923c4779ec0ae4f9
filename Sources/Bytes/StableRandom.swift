/// A seeded generator whose numbers are the same on every machine: SplitMix64
/// (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014).
public struct StableRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Creates the generator of a purpose under a mixture's seed.
  public init(seed: UInt64, purpose: String) {
    state = StableRandom.seed(seed, purpose: purpose)
  }

  /// The 64-bit seed of a purpose under a mixture's seed.
  public static func seed(_ seed: UInt64, purpose: String) -> UInt64 {
    StableHash.xxh3(purpose, seed: seed)
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in `0..<bound`, without bias worth naming (Lemire's multiplication, one draw).
  ///
  /// - Precondition: `bound` is greater than zero.
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "a bound of zero has no numbers below it")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}
