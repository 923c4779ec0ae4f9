import CByteKernels

extension ByteSearch {
  /// The index of the first byte at or after an index that is no white space of JSON; the count where
  /// there is none.
  @inline(__always)
  public static func jsonMark(in text: Span<UInt8>, from start: Int) -> Int {
    // The kernel reads only the `count - start` bytes from `start`, which lie inside the buffer.
    unsafe text.withUnsafeBufferPointer { buffer in
      guard start < buffer.count, let base = buffer.baseAddress else { return buffer.count }
      return unsafe start + cuvee_find_json(base + start, buffer.count - start)
    }
  }

  /// The index of the first byte at or after an index that does not stand for itself in a string of
  /// JSON, a quote, a backslash or a control character, and whether all before it are ASCII.
  @inline(__always)
  public static func jsonStringMark(
    in text: Span<UInt8>, from start: Int
  ) -> (index: Int, isASCII: Bool) {
    // As above.
    unsafe text.withUnsafeBufferPointer { buffer in
      guard start < buffer.count, let base = buffer.baseAddress else { return (buffer.count, true) }
      var isASCII: Int32 = 1
      let found = unsafe cuvee_find_string_mark(base + start, buffer.count - start, &isASCII)
      return (start + found, isASCII != 0)
    }
  }
}
