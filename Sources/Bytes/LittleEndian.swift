extension [UInt8] {
  /// Appends an integer, least significant byte first.
  @inlinable
  public mutating func appendLittleEndian<T: FixedWidthInteger>(_ value: T) {
    unsafe Swift.withUnsafeBytes(of: value.littleEndian) { unsafe append(contentsOf: $0) }
  }

  /// The integer that starts at an offset, least significant byte first.
  ///
  /// - Precondition: the whole integer lies inside the array.
  @inlinable
  public func loadLittleEndian<T: FixedWidthInteger & BitwiseCopyable>(
    _ type: T.Type, at offset: Int
  ) -> T {
    span.loadLittleEndian(type, at: offset)
  }
}

extension Span<UInt8> {
  /// The integer that starts at an offset, least significant byte first.
  ///
  /// - Precondition: the whole integer lies inside the span.
  @inlinable
  public func loadLittleEndian<T: FixedWidthInteger & BitwiseCopyable>(
    _ type: T.Type, at offset: Int
  ) -> T {
    // Every bit pattern of a fixed-width integer is valid, and RawSpan checks the bounds.
    unsafe T(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: type))
  }
}
