import Bytes

/// The bytes that the expected values of these tests were computed for: byte i is 31 i + 7 modulo
/// 256, in Python `bytes((i * 31 + 7) & 255 for i in range(n))`.
func patternBytes(_ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: $0 * 31 + 7) }
}

/// A generator of test data; what it gives is the same in every run.
func testRandom(_ purpose: String) -> StableRandom { StableRandom(seed: 7, purpose: purpose) }
