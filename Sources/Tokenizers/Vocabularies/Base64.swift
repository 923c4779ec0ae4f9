/// Base64 as vocabularies have their bytes in it: the usual alphabet, padded, nothing between.
enum Base64 {
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xFF, count: 256)
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, character) in alphabet.utf8.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()

  /// The bytes of a text; nil where it is no base64.
  static func decoded(_ text: Span<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    return append(text, to: &bytes) ? bytes : nil
  }

  /// Appends the bytes of a text; false where it is no base64, and then some may be appended.
  static func append(_ text: Span<UInt8>, to bytes: inout [UInt8]) -> Bool {
    guard text.count % 4 == 0 else { return false }
    var end = text.count
    while end > 0, end > text.count - 2, text[end - 1] == UInt8(ascii: "=") { end -= 1 }
    let values = values.span
    var index = 0
    // Four characters at a time, but for those that may be padded.
    while index + 4 < text.count {
      let first = UInt32(values[Int(text[index])])
      let second = UInt32(values[Int(text[index + 1])])
      let third = UInt32(values[Int(text[index + 2])])
      let fourth = UInt32(values[Int(text[index + 3])])
      if first | second | third | fourth == 0xFF { return false }
      let three = first << 18 | second << 12 | third << 6 | fourth
      bytes.append(UInt8(truncatingIfNeeded: three >> 16))
      bytes.append(UInt8(truncatingIfNeeded: three >> 8))
      bytes.append(UInt8(truncatingIfNeeded: three))
      index += 4
    }
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for index in index..<max(index, end) {
      let value = values[Int(text[index])]
      if value == 0xFF { return false }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return true
  }
}
