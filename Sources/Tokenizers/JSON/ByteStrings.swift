import Bytes

/// Strings of bytes one behind another in one block of memory.
struct ByteStrings {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// The number of strings.
  var count: Int { ends.count }

  /// The bytes of a string.
  subscript(index: Int) -> Span<UInt8> {
    @_lifetime(borrow self)
    get { bytes.span.extracting(start(of: index)..<ends[index]) }
  }

  /// The bytes of a string and of the one behind it, as one.
  @_lifetime(borrow self)
  func joined(from index: Int) -> Span<UInt8> {
    bytes.span.extracting(start(of: index)..<ends[index + 1])
  }

  /// A string, for a message.
  func text(_ index: Int) -> String {
    String(decoding: bytes[start(of: index)..<ends[index]], as: UTF8.self)
  }

  /// Reads a string of JSON as the last one.
  mutating func append(_ cursor: inout JSONCursor) throws(CuveeError) {
    try cursor.string(into: &bytes)
    ends.append(bytes.count)
  }

  /// Appends a string.
  mutating func append(_ string: Span<UInt8>) {
    bytes.append(string)
    ends.append(bytes.count)
  }

  /// Splits the last string in two at the space that it holds; false where it has none, more than
  /// one, or nothing on one side.
  mutating func splitLast() -> Bool {
    let start = start(of: count - 1)
    var space: Int?
    for index in start..<bytes.count where bytes[index] == 0x20 {
      if space != nil { return false }
      space = index
    }
    guard let space, space > start, space + 1 < bytes.count else { return false }
    bytes.remove(at: space)
    ends[count - 1] = space
    ends.append(bytes.count)
    return true
  }

  /// Some of the strings, by their indices.
  func selecting(_ indices: [Int]) -> ByteStrings {
    var result = ByteStrings()
    for index in indices { result.append(self[index]) }
    return result
  }

  private func start(of index: Int) -> Int { index == 0 ? 0 : ends[index - 1] }
}
