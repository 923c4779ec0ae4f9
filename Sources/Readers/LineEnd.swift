import Glibc

/// Finds the ends of lines.
public enum LineEnd {
  /// The index of the first LF at or after an index, or nil.
  @inline(__always)
  public static func find(in bytes: Span<UInt8>, from start: Int) -> Int? {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      // `start..<count` lies inside the buffer, so memchr stays inside it.
      guard start < buffer.count, let base = buffer.baseAddress,
        let found = unsafe memchr(base + start, 0x0A, buffer.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    }
  }
}
