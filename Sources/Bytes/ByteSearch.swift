import CByteKernels

/// Searches in text, 16 bytes at a time.
public enum ByteSearch {
  /// The index of the first byte at or after an index that is one of three; the count where there
  /// is none.
  @inline(__always)
  public static func firstIndex(
    of a: UInt8, _ b: UInt8, _ c: UInt8, in text: Span<UInt8>, from start: Int
  ) -> Int {
    // The kernel reads only the `count - start` bytes from `start`, which lie inside the buffer.
    unsafe text.withUnsafeBufferPointer { buffer in
      guard start < buffer.count, let base = buffer.baseAddress else { return buffer.count }
      return unsafe start + cuvee_find_any(base + start, buffer.count - start, a, b, c)
    }
  }

  /// The first line break at or after an index, as Python's `str.splitlines` has it: where it
  /// begins and its length, 0 at the end of the text.
  @inline(__always)
  public static func lineBreak(in text: Span<UInt8>, from start: Int) -> (start: Int, length: Int) {
    // As above; `found` is at most the count.
    unsafe text.withUnsafeBufferPointer { buffer in
      guard start < buffer.count, let base = buffer.baseAddress else { return (buffer.count, 0) }
      let found = unsafe start + cuvee_find_line_break(base + start, buffer.count - start)
      return unsafe (found, cuvee_line_break_length(base + found, buffer.count - found))
    }
  }

  /// Calls a function with each line, as Python's `str.splitlines` has them, without its line break.
  @inline(__always)
  public static func forEachLine(in text: Span<UInt8>, _ body: (Range<Int>) -> Void) {
    var start = 0
    while start < text.count {
      let end = lineBreak(in: text, from: start)
      body(start..<end.start)
      start = end.start + end.length
    }
  }
}
