/// A set of code points as sorted ranges.
public struct CodePointRanges: Sendable {
  private var starts: [UInt32] = []
  private var ends: [UInt32] = []

  /// Reads ranges.
  ///
  /// - Parameter text: `A-B C D-E` in hexadecimal, rising, with blanks or line ends between them.
  public init(hexadecimal text: String) {
    for item in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let bounds = item.split(separator: "-").map { UInt32($0, radix: 16) ?? 0 }
      starts.append(bounds[0])
      ends.append(bounds[bounds.count - 1])
    }
  }

  /// Whether a code point is in the set; logarithmic in the number of ranges.
  public func contains(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= scalar { low = middle + 1 } else { high = middle }
    }
    return low > 0 && scalar <= ends[low - 1]
  }
}
