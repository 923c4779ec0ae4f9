import Glibc

/// Memory of tables that are read all over: in pages of 2 MiB where it is large, so that finding a
/// page is not what a look-up waits for.
enum HugePages {
  private static let size = 2 << 20

  /// Memory for elements, all set to a value; to be given back by `deallocate()`.
  static func allocate<Element: BitwiseCopyable>(
    _ type: Element.Type, count: Int, filledWith value: Element
  ) -> UnsafeMutablePointer<Element> {
    let bytes = max(1, count) * MemoryLayout<Element>.stride
    let alignment = bytes >= size ? size : 64
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: alignment)
    // Before the first write, because pages are given when they are written to. It is advice: where
    // the kernel does not take it, pages are small and all else is the same.
    if bytes >= size { unsafe madvise(memory, bytes, MADV_HUGEPAGE) }
    let elements = unsafe memory.bindMemory(to: type, capacity: count)
    unsafe elements.initialize(repeating: value, count: count)
    return unsafe elements
  }
}
