import Bytes

/// A piece of at most 15 bytes as two words: its bytes padded with zeros, and its length on top.
struct PretokenKey: BitwiseCopyable {
  /// The longest piece that a key holds.
  static let longest = 15

  var low: UInt64
  var high: UInt64

  /// Packs the bytes of a text from an offset on.
  ///
  /// - Precondition: `1 <= length <= longest`, and the piece lies inside the text.
  @inline(__always)
  init(_ text: Span<UInt8>, at start: Int, length: Int) {
    if start &+ 16 <= text.count {
      low = text.loadLittleEndian(UInt64.self, at: start)
      high = text.loadLittleEndian(UInt64.self, at: start &+ 8)
      // Shifts by 64 and more give zero, so each word keeps exactly the bytes that it owns.
      let bits = UInt64(truncatingIfNeeded: length &* 8)
      low &= ~(UInt64.max << bits)
      high &= bits > 64 ? ~(UInt64.max << (bits &- 64)) : 0
    } else {
      (low, high) = Self.bytewise(text, start, length)
    }
    high |= UInt64(truncatingIfNeeded: length) << 56
  }

  /// A hash of the key.
  @inline(__always)
  var hash: Int {
    let mixed = low ^ (high &* 0x9E37_79B9_7F4A_7C15)
    let product = mixed.multipliedFullWidth(by: 0xA24B_AED4_963E_E407)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }

  @inline(never)
  private static func bytewise(
    _ text: Span<UInt8>, _ start: Int, _ length: Int
  ) -> (UInt64, UInt64) {
    var low: UInt64 = 0
    var high: UInt64 = 0
    for index in 0..<length {
      let byte = UInt64(text[start + index])
      if index < 8 {
        low |= byte << UInt64(index * 8)
      } else {
        high |= byte << UInt64(index * 8 - 64)
      }
    }
    return (low, high)
  }
}
