import Bytes

/// Walks the fields of a message in Protocol Buffers' wire format.
struct ProtobufReader {
  /// The value of a field.
  enum Value {
    case number(UInt64)
    case float(Float)
    case bytes(Range<Int>)
  }

  private let bytes: [UInt8]
  private let end: Int
  private let place: String
  private var index: Int

  /// Creates a reader of a message that is a part of some bytes.
  init(_ bytes: [UInt8], in range: Range<Int>, place: String) {
    self.bytes = bytes
    self.place = place
    index = range.lowerBound
    end = range.upperBound
  }

  /// The next field, or nil at the end of the message.
  ///
  /// - Throws: `badData` for what is no message.
  mutating func next() throws(CuveeError) -> (number: Int, value: Value)? {
    guard index < end else { return nil }
    let tag = try varint()
    let number = Int(truncatingIfNeeded: tag >> 3 & 0x1FFF_FFFF)
    switch tag & 7 {
    case 0: return (number, .number(try varint()))
    case 1:
      try skip(8)
      return (number, .number(0))
    case 2:
      let length = try varint()
      guard length <= UInt64(end - index) else { throw damaged() }
      let start = index
      index += Int(length)
      return (number, .bytes(start..<index))
    case 5:
      let start = index
      try skip(4)
      let word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
      return (number, .float(Float(bitPattern: word)))
    default: throw damaged()
    }
  }

  private mutating func skip(_ count: Int) throws(CuveeError) {
    guard count <= end - index else { throw damaged() }
    index += count
  }

  private mutating func varint() throws(CuveeError) -> UInt64 {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard index < end else { throw damaged() }
      let byte = bytes[index]
      index += 1
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return result }
    }
    throw damaged()
  }

  private func damaged() -> CuveeError {
    .badData("\(place): the file is damaged near byte \(index): no Protocol Buffers message")
  }
}
