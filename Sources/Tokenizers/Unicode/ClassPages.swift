/// A value of each code point where the C kernels find it, made once and never freed.
///
/// A page holds 64 code points, as many as share all bytes of UTF-8 but the last.
@safe final class ClassPages: @unchecked Sendable {
  // Invariant, for `@unchecked Sendable` and every use: both are filled before `init` returns, and
  // from then on only read.
  /// The index of the page of each 64 code points.
  let pages: UnsafePointer<UInt16>
  /// The pages, one after another.
  let values: UnsafePointer<UInt8>

  /// The classes as the reference tokenizers have them.
  static let reference = ClassPages { UnicodeClasses.reference.of($0) }

  /// Makes the pages of a function of code points. They are never freed.
  init(_ value: (UInt32) -> UInt8) {
    let all = (UInt32(0)..<0x110000).map(value)
    var paging = Paging(size: 64)
    for start in stride(from: 0, to: all.count, by: 64) { paging.add(all, at: start) }
    let (pageOf, content) = (paging.pageOf, paging.pages)
    let pages = UnsafeMutablePointer<UInt16>.allocate(capacity: pageOf.count)
    let values = UnsafeMutablePointer<UInt8>.allocate(capacity: content.count)
    for (index, page) in pageOf.enumerated() { unsafe pages[index] = page }
    for (index, value) in content.enumerated() { unsafe values[index] = value }
    unsafe self.pages = UnsafePointer(pages)
    unsafe self.values = UnsafePointer(values)
  }
}
