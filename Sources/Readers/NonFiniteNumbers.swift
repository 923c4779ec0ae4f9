import Bytes

/// Makes JSON of what Python's `json` and pandas write for numbers that are none.
///
/// `NaN`, `Infinity` and `-Infinity` are no JSON, and yet real data has them, mostly in fields
/// that nobody asks for. They are read as null.
enum NonFiniteNumbers {
  private static let names = ["NaN", "Infinity", "-Infinity"].map { Array($0.utf8) }
  private static let null = Array("null".utf8)

  /// A record with null for each such word outside its strings; nil where there is none.
  static func replaced(in record: Span<UInt8>) -> [UInt8]? {
    var output: [UInt8] = []
    var runStart = 0
    var index = 0
    while index < record.count {
      switch record[index] {
      case 0x22: index = endOfString(in: record, from: index)
      case 0x4E, 0x49, 0x2D:
        guard let name = names.first(where: { record.holds($0, at: index) }) else {
          index += 1
          continue
        }
        output.append(record, from: runStart, to: index)
        output += null
        index += name.count
        runStart = index
      default: index += 1
      }
    }
    if runStart == 0 { return nil }
    output.append(record, from: runStart, to: record.count)
    return output
  }

  /// The index after the string that opens at an index.
  private static func endOfString(in record: Span<UInt8>, from start: Int) -> Int {
    var index = start + 1
    while index < record.count && record[index] != 0x22 {
      index += record[index] == 0x5C ? 2 : 1
    }
    return min(index + 1, record.count)
  }
}
