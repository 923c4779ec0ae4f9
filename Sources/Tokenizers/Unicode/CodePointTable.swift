import Bytes

/// A byte for every Unicode code point, in pages of 256 of which equal ones are stored once.
struct CodePointTable: Sendable {
  /// The index in `pages` of the page of each 256 code points.
  private let pageOf: [UInt16]
  /// The pages, one after another; the first is that of U+0000 to U+00FF.
  private let pages: [UInt8]

  /// Creates the table with a value for each of some ranges, and 0 elsewhere.
  init(_ ranges: [(range: ClosedRange<UInt32>, value: UInt8)]) {
    var values = [UInt8](repeating: 0, count: 0x110000)
    for (range, value) in ranges {
      // A run is filled at once: a set may be most of Unicode.
      unsafe values.withUnsafeMutableBufferPointer { values in
        unsafe values[Int(range.lowerBound)...Int(range.upperBound)].update(repeating: value)
      }
    }
    self.init(values)
  }

  /// Creates the table of the values of all code points.
  init(_ values: [UInt8]) {
    var paging = Paging(size: 256)
    for start in stride(from: 0, to: values.count, by: 256) { paging.add(values, at: start) }
    pageOf = paging.pageOf
    pages = paging.pages
  }

  /// The value of a code point up to U+10FFFF.
  @inline(__always)
  subscript(point: UInt32) -> UInt8 {
    pages[Int(pageOf[Int(point >> 8)]) << 8 | Int(point & 0xFF)]
  }

  /// The value of a code point up to U+00FF.
  @inline(__always)
  subscript(latin byte: UInt8) -> UInt8 { pages[Int(byte)] }

  /// Calls a function with the page of each 256 code points and the pages, for the C kernels.
  func withPages(
    _ body: (UnsafeBufferPointer<UInt16>, UnsafeBufferPointer<UInt8>) -> Void
  ) {
    unsafe pageOf.withUnsafeBufferPointer { pageOf in
      unsafe pages.withUnsafeBufferPointer { pages in unsafe body(pageOf, pages) }
    }
  }

  /// Reads ranges as the generated tables have them: `41-5A AA ...`, in hexadecimal.
  static func ranges(_ words: String) -> [ClosedRange<UInt32>] {
    var ranges: [ClosedRange<UInt32>] = []
    var (first, value, digits): (UInt32?, UInt32, Int) = (nil, 0, 0)
    // Bytes, because cutting a `String` at its characters takes as long as all else at a start.
    func end() {
      defer { (first, value, digits) = (nil, 0, 0) }
      if digits > 0, first ?? value <= value { ranges.append((first ?? value)...value) }
    }
    for byte in words.utf8 {
      switch byte {
      case 0x30...0x39: (value, digits) = (value << 4 | UInt32(byte - 0x30), digits + 1)
      case 0x41...0x46: (value, digits) = (value << 4 | UInt32(byte - 0x37), digits + 1)
      case UInt8(ascii: "-"): (first, value, digits) = (value, 0, 0)
      default: end()
      }
    }
    end()
    return ranges
  }

  /// Reads one range: `41-5A` or `AA`.
  static func range(of word: Substring) -> ClosedRange<UInt32>? {
    let ends = word.split(separator: "-").compactMap { UInt32($0, radix: 16) }
    guard let first = ends.first, let last = ends.last, first <= last else { return nil }
    return first...last
  }
}

/// Values cut to pages; equal pages are stored once.
struct Paging {
  private let size: Int
  private var known: [UInt64: UInt16] = [:]
  /// The index in `pages` of each page that was added.
  private(set) var pageOf: [UInt16] = []
  /// The pages, one after another.
  private(set) var pages: [UInt8] = []

  /// Pages of a size.
  init(size: Int) { self.size = size }

  /// Adds the page that starts at an offset in some values.
  mutating func add(_ values: [UInt8], at start: Int) {
    let page = values.span.extracting(start..<start + size)
    let hash = StableHash.xxh3(page)
    if let index = known[hash], isEqual(Int(index), page) { return pageOf.append(index) }
    let index = UInt16(pages.count / size)
    // Of pages with one hash, which hardly ever are, the last is found again.
    known[hash] = index
    pages.append(page)
    pageOf.append(index)
  }

  private func isEqual(_ index: Int, _ page: Span<UInt8>) -> Bool {
    let known = pages.span.extracting(index * size..<(index + 1) * size)
    var offset = 0
    while offset &+ 8 <= size {
      if known.loadLittleEndian(UInt64.self, at: offset)
        != page.loadLittleEndian(UInt64.self, at: offset)
      {
        return false
      }
      offset &+= 8
    }
    while offset < size {
      if known[offset] != page[offset] { return false }
      offset &+= 1
    }
    return true
  }
}
