import Bytes

/// Reads the object `model.vocab` of a tokenizer.json, whose keys are told apart by their bytes.
///
/// Swift's strings are equal where they are canonically equivalent, and so a decoder of JSON loses
/// one of two such tokens.
struct VocabularyObject {
  private let bytes: [UInt8]
  private var index = 0

  /// The tokens and their ids; nil where there is no such object.
  static func read(_ bytes: [UInt8]) -> [[UInt8]: UInt32]? {
    var reader = VocabularyObject(bytes: bytes)
    guard reader.enter("model"), reader.enter("vocab") else { return nil }
    var result: [[UInt8]: UInt32] = [:]
    while let key = reader.nextKey() {
      guard let value = reader.number() else { return nil }
      result[key] = value
    }
    return result
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte, [0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x3A].contains(byte) { index += 1 }
  }

  /// Goes to the value of a key of the object that follows.
  private mutating func enter(_ name: String) -> Bool {
    skipSpace()
    guard byte == UInt8(ascii: "{") else { return false }
    index += 1
    while let key = nextKey(entered: true) {
      if key == Array(name.utf8) { return true }
      skipValue()
    }
    return false
  }

  /// The next key of an object, or nil at its end.
  private mutating func nextKey(entered: Bool = false) -> [UInt8]? {
    skipSpace()
    if !entered, byte == UInt8(ascii: "{") {
      index += 1
      skipSpace()
    }
    guard byte == UInt8(ascii: "\"") else { return nil }
    let key = string()
    skipSpace()
    return key
  }

  private mutating func number() -> UInt32? {
    skipSpace()
    let start = index
    while let byte, (0x30...0x39).contains(byte) { index += 1 }
    return UInt32(String(decoding: bytes[start..<index], as: UTF8.self))
  }

  private mutating func skipValue() {
    skipSpace()
    var depth = 0
    while let byte {
      switch byte {
      case UInt8(ascii: "\""):
        _ = string()
        if depth == 0 { return }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return }
        depth -= 1
        if depth == 0 {
          index += 1
          return
        }
      case UInt8(ascii: ","): if depth == 0 { return }
      default: break
      }
      index += 1
    }
  }

  private mutating func string() -> [UInt8] {
    index += 1
    var result: [UInt8] = []
    while let byte, byte != UInt8(ascii: "\"") {
      index += 1
      guard byte == UInt8(ascii: "\\"), let escaped = self.byte else {
        result.append(byte)
        continue
      }
      index += 1
      switch escaped {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "u"):
        var point = hex()
        if (0xD800..<0xDC00).contains(point), bytes[index...].starts(with: [0x5C, 0x75]) {
          index += 2
          point = 0x10000 + (point - 0xD800) << 10 + (hex() & 0x3FF)
        }
        UTF8Decoding.append(point, to: &result)
      default: result.append(escaped)
      }
    }
    index += 1
    return result
  }

  private mutating func hex() -> UInt32 {
    let end = min(index + 4, bytes.count)
    let value = UInt32(String(decoding: bytes[index..<end], as: UTF8.self), radix: 16)
    index = end
    return value ?? 0xFFFD
  }
}
