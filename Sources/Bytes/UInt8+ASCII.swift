extension UInt8 {
  /// Whether it is a digit of ASCII.
  @inlinable @inline(__always)
  public var isASCIIDigit: Bool { self &- 0x30 < 10 }

  /// Whether it is a letter or a digit of ASCII.
  @inlinable @inline(__always)
  public var isASCIIAlphanumeric: Bool { (self | 0x20) &- 0x61 < 26 || isASCIIDigit }
}
