import Bytes

/// Reads JSON text from front to back, and refuses what is not JSON.
///
/// Foundation's decoder needs seconds for the hundred thousands of strings in a large vocabulary,
/// because it makes a `String` of each. This reads them as bytes. The tests hold it to Foundation.
struct JSONCursor {
  /// Deeper values are refused, as Foundation refuses them: each level takes some stack.
  private static let greatestDepth = 512

  private let bytes: [UInt8]
  private let place: String
  /// The next byte.
  private(set) var index = 0

  /// Creates a cursor at the start of a text.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - place: What messages call it.
  init(_ bytes: [UInt8], place: String) {
    self.bytes = bytes
    self.place = place
  }

  // Structure ----------------------------------------------------------------------------------

  /// The first byte of the next value or mark.
  @inline(__always)
  mutating func peek() throws(CuveeError) -> UInt8 {
    if index < bytes.count {
      let byte = bytes[index]
      if byte > 0x20 { return byte }
    }
    return try peekBehindSpace()
  }

  @inline(never)
  private mutating func peekBehindSpace() throws(CuveeError) -> UInt8 {
    index = ByteSearch.jsonMark(in: bytes.span, from: index)
    guard index < bytes.count else { throw error("the file ends in the middle of the JSON") }
    return bytes[index]
  }

  /// Goes behind a mark.
  @inline(__always)
  mutating func expect(_ mark: UInt8) throws(CuveeError) {
    guard try peek() == mark else { throw missing(mark) }
    index &+= 1
  }

  @inline(never)
  private func missing(_ mark: UInt8) -> CuveeError {
    error("\"\(String(decoding: [mark], as: UTF8.self))\" is wanted here")
  }

  /// Goes to the next element of an object or a list, behind the comma; false at the end.
  ///
  /// - Parameters:
  ///   - isFirst: Whether none was read yet; set to false.
  ///   - end: The mark that closes the object or the list.
  /// - Returns: Whether there is an element.
  /// - Throws: `badData` for what is not JSON.
  @inline(__always)
  mutating func next(_ isFirst: inout Bool, until end: UInt8) throws(CuveeError) -> Bool {
    if try peek() == end {
      index += 1
      return false
    }
    if !isFirst { try expect(UInt8(ascii: ",")) }
    isFirst = false
    return true
  }

  /// Goes to the value of the next key of an object; false at its end.
  ///
  /// - Parameters:
  ///   - key: Where the key is appended.
  ///   - isFirst: Whether no key was read yet; set to false.
  /// - Returns: Whether there is a key.
  /// - Throws: `badData` for what is not JSON.
  mutating func nextKey(_ key: inout [UInt8], _ isFirst: inout Bool) throws(CuveeError) -> Bool {
    guard try next(&isFirst, until: UInt8(ascii: "}")) else { return false }
    try string(into: &key)
    try expect(UInt8(ascii: ":"))
    return true
  }

  /// Goes behind a value of any kind.
  ///
  /// - Parameter depth: How many objects and lists stand around it.
  /// - Throws: `badData` for what is not JSON.
  mutating func skipValue(depth: Int = 0) throws(CuveeError) {
    guard depth < Self.greatestDepth else {
      throw error("more than \(Self.greatestDepth) objects and lists in one another")
    }
    var isFirst = true
    var ignored: [UInt8] = []
    switch try peek() {
    case UInt8(ascii: "{"):
      index += 1
      while try nextKey(&ignored, &isFirst) {
        try skipValue(depth: depth + 1)
        ignored.removeAll(keepingCapacity: true)
      }
    case UInt8(ascii: "["):
      index += 1
      while try next(&isFirst, until: UInt8(ascii: "]")) { try skipValue(depth: depth + 1) }
    case UInt8(ascii: "\""): try string(into: &ignored)
    case UInt8(ascii: "t"): try word(Self.yes)
    case UInt8(ascii: "f"): try word(Self.no)
    case UInt8(ascii: "n"): try word(Self.null)
    default: _ = try number()
    }
  }

  /// Checks that nothing but white space is left.
  mutating func finish() throws(CuveeError) {
    while index < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) { index += 1 }
    if index < bytes.count { throw error("the JSON ends before this") }
  }

  /// True or false; nil for null.
  mutating func bool() throws(CuveeError) -> Bool? {
    switch try peek() {
    case UInt8(ascii: "t"):
      try word(Self.yes)
      return true
    case UInt8(ascii: "f"):
      try word(Self.no)
      return false
    case UInt8(ascii: "n"):
      try word(Self.null)
      return nil
    default: throw error("true or false is wanted here")
    }
  }

  private static let yes = Array("true".utf8)
  private static let no = Array("false".utf8)
  private static let null = Array("null".utf8)

  private mutating func word(_ wanted: [UInt8]) throws(CuveeError) {
    guard bytes[index...].starts(with: wanted) else { throw error("this is no JSON value") }
    index += wanted.count
  }

  // Numbers ------------------------------------------------------------------------------------

  /// A whole number that is an id.
  mutating func id() throws(CuveeError) -> UInt32 {
    let start = (try peek(), index).1
    var value: UInt64 = 0
    while index < bytes.count, index < start + 10, (0x30...0x39).contains(bytes[index]) {
      value = value * 10 + UInt64(bytes[index] - 0x30)
      index += 1
    }
    let isPlain = index > start && (bytes[start] != 0x30 || index == start + 1)
    let follows = index < bytes.count ? bytes[index] : 0
    if isPlain, follows == UInt8(ascii: ",") || follows == UInt8(ascii: "}") || follows <= 0x20,
      let id = UInt32(exactly: value)
    {
      return id
    }
    index = start
    guard let id = UInt32(exactly: try double()) else {
      index = start
      throw error("a whole number from 0 to \(UInt32.max) is wanted here")
    }
    return id
  }

  /// A number.
  mutating func double() throws(CuveeError) -> Double {
    let range = try number()
    guard let value = Double(String(decoding: bytes[range], as: UTF8.self)), value.isFinite else {
      index = range.lowerBound
      throw error("this number is too large")
    }
    return value
  }

  private mutating func number() throws(CuveeError) -> Range<Int> {
    _ = try peek()
    let start = index
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    let isZero = index < bytes.count && bytes[index] == 0x30
    let whole = digits()
    guard whole > 0, whole == 1 || !isZero else {
      index = start
      throw error("this is no JSON value")
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      guard digits() > 0 else { throw error("a digit is wanted here") }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[index]) {
        index += 1
      }
      guard digits() > 0 else { throw error("a digit is wanted here") }
    }
    return start..<index
  }

  /// Goes behind digits, and gives their number.
  private mutating func digits() -> Int {
    let start = index
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
    return index - start
  }

  // Strings ------------------------------------------------------------------------------------

  /// Where the bytes of a string are, and goes behind it; nil, and goes nowhere, where they are not
  /// those of the text because of an escape.
  mutating func plainString() throws(CuveeError) -> Range<Int>? {
    guard try peek() == UInt8(ascii: "\"") else { throw error("a string is wanted here") }
    let start = index &+ 1
    let (end, isASCII) = ByteSearch.jsonStringMark(in: bytes.span, from: start)
    if end < bytes.count, bytes[end] == UInt8(ascii: "\\") { return nil }
    index = end
    guard end < bytes.count else { throw error("the file ends in the middle of a string") }
    if bytes[end] != UInt8(ascii: "\"") { throw control() }
    if !isASCII { try checkUTF8(from: start, to: end) }
    index = end &+ 1
    return start..<end
  }

  /// Appends the bytes of a string.
  mutating func string(into output: inout [UInt8]) throws(CuveeError) {
    guard try peek() == UInt8(ascii: "\"") else { throw error("a string is wanted here") }
    index &+= 1
    while true {
      let start = index
      let (end, isASCII) = ByteSearch.jsonStringMark(in: bytes.span, from: start)
      index = end
      guard end < bytes.count else { throw error("the file ends in the middle of a string") }
      if bytes[end] < 0x20 { throw control() }
      output.append(bytes.span, from: start, to: end)
      if !isASCII { try checkUTF8(from: start, to: end) }
      if bytes[end] == UInt8(ascii: "\"") {
        index = end &+ 1
        return
      }
      try escape(into: &output)
    }
  }

  @inline(never)
  private func control() -> CuveeError {
    error("a control character in a string is written as an escape")
  }

  private mutating func escape(into output: inout [UInt8]) throws(CuveeError) {
    let start = index
    index += 1
    guard index < bytes.count else { throw error("the file ends in the middle of a string") }
    let kind = bytes[index]
    index += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): output.append(kind)
    case UInt8(ascii: "n"): output.append(0x0A)
    case UInt8(ascii: "r"): output.append(0x0D)
    case UInt8(ascii: "t"): output.append(0x09)
    case UInt8(ascii: "b"): output.append(0x08)
    case UInt8(ascii: "f"): output.append(0x0C)
    case UInt8(ascii: "u"):
      var point = try unit(of: start)
      if point & 0xFC00 == 0xD800, bytes[index...].starts(with: [0x5C, 0x75]) {
        index += 2
        let low = try unit(of: start)
        point = low & 0xFC00 == 0xDC00 ? 0x10000 + (point & 0x3FF) << 10 + (low & 0x3FF) : 0xD800
      }
      guard point & 0xFFFF_F800 != 0xD800 else {
        index = start
        throw error("half of a surrogate pair is no character")
      }
      UTF8Decoding.append(point, to: &output)
    default:
      index = start
      throw error("JSON has no such escape")
    }
  }

  /// The four hexadecimal digits of an escape that starts at an offset.
  private mutating func unit(of start: Int) throws(CuveeError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = index < bytes.count ? bytes[index] : 0
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte | 0x20) - 0x57)
      default:
        index = start
        throw error("an escape needs four hexadecimal digits")
      }
      index += 1
    }
    return value
  }

  private mutating func checkUTF8(from start: Int, to end: Int) throws(CuveeError) {
    if (try? UTF8Span(validating: bytes.span.extracting(start..<end))) != nil { return }
    index = start
    throw error("this string is not UTF-8")
  }

  // Errors -------------------------------------------------------------------------------------

  /// An error that names the place of the next byte, or of another.
  @inline(never)
  func error(_ reason: String, at index: Int? = nil) -> CuveeError {
    let index = index ?? self.index
    let before = bytes[..<min(index, bytes.count)]
    let line = before.count { $0 == 0x0A } + 1
    let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    return .badData("\(place):\(line):\(column): \(reason)")
  }
}
