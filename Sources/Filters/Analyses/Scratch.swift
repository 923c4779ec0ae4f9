/// Memory that one document after another is worked on in: it grows and is not cleared.
struct Scratch<Element: BitwiseCopyable> {
  private(set) var elements: [Element] = []
  private let filler: Element

  /// Elements above which the memory of a huge document is given back.
  private static var largestKept: Int { 4 << 20 }

  init(_ filler: Element) { self.filler = filler }

  /// Makes room for so many elements, of any value.
  mutating func reserve(_ count: Int) {
    if elements.count < count || (elements.count > Self.largestKept && count < elements.count / 8) {
      elements = Array(repeating: filler, count: Swift.max(count, count + count / 2))
    }
  }

  /// Adds room at the end and keeps what is there.
  mutating func extend(to count: Int) {
    guard elements.count < count else { return }
    elements.append(contentsOf: repeatElement(filler, count: count - elements.count))
  }

  /// The memory, to be written to.
  @unsafe
  mutating func withMemory<Result>(
    _ body: (UnsafeMutablePointer<Element>?) -> Result
  ) -> Result {
    unsafe elements.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
  }
}

extension Int {
  /// The least power of two that is not smaller; 1 for numbers below.
  var nextPowerOfTwo: Int { self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
