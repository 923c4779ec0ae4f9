extension [UInt8] {
  /// Appends an integer, least significant byte first.
  @inlinable
  public mutating func appendLittleEndian<T: FixedWidthInteger>(_ value: T) {
    unsafe Swift.withUnsafeBytes(of: value.littleEndian) { unsafe append(contentsOf: $0) }
  }

  /// Appends numbers as integers of two or four bytes each, least significant byte first; what does
  /// not fit in two bytes is cut off.
  ///
  /// - Precondition: `width` is 2 or 4.
  public mutating func appendLittleEndian(_ numbers: Span<UInt32>, width: Int) {
    precondition(width == 2 || width == 4, "a number has two or four bytes")
    let room = numbers.count * width
    append(addingCapacity: room) { (free: inout OutputSpan<UInt8>) in
      unsafe free.withUnsafeMutableBufferPointer { buffer, filled in
        // The span begins empty and has room for all numbers.
        let bytes = unsafe UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: room)
        if width == 2 {
          for index in numbers.indices {
            unsafe bytes.storeBytes(
              of: UInt16(truncatingIfNeeded: numbers[index]).littleEndian,
              toByteOffset: index &* 2, as: UInt16.self)
          }
        } else {
          for index in numbers.indices {
            unsafe bytes.storeBytes(
              of: numbers[index].littleEndian, toByteOffset: index &* 4, as: UInt32.self)
          }
        }
        filled = room
      }
    }
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
