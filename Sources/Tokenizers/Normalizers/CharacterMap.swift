import Bytes

/// A change of single characters.
struct CharacterMap: Sendable {
  /// Lower case, character by character, as Rust has it.
  static let lowercase = CharacterMap(parse(UnicodePropertyTable.lowercase))

  /// What Hugging Face's Nmt does: control characters go, and some others become spaces.
  static let nmt: CharacterMap = {
    var map: [UInt32: [UInt32]] = [:]
    for point in [UInt32(0x0B), 0x7F, 0x8F, 0x9F] { map[point] = [] }
    for range: ClosedRange<UInt32> in [0x01...0x08, 0x0E...0x1F] {
      for point in range { map[point] = [] }
    }
    for point in [UInt32(0x09), 0x0A, 0x0C, 0x0D, 0x1680, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD] {
      map[point] = [0x20]
    }
    for point in UInt32(0x200B)...0x200F { map[point] = [0x20] }
    return CharacterMap(map)
  }()

  private let targets: [UInt32: [UInt32]]
  private let changes: CodePointTable

  init(_ targets: [UInt32: [UInt32]]) {
    self.targets = targets
    changes = CodePointSet(targets.keys.map { $0...$0 }).table
  }

  /// The changed text.
  func apply(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      let (point, length) = UTF8Decoding.scalar(in: text.span, at: index)
      if changes[point] != 0, let target = targets[point] {
        for point in target { UTF8Decoding.append(point, to: &result) }
      } else {
        result += text[index..<index + length]
      }
      index += length
    }
    return result
  }

  /// Reads `41-5A>61` and `130>69.307`.
  private static func parse(_ words: String) -> [UInt32: [UInt32]] {
    var result: [UInt32: [UInt32]] = [:]
    for word in words.split(whereSeparator: \.isWhitespace) {
      let sides = word.split(separator: ">")
      guard sides.count == 2, let range = CodePointTable.range(of: sides[0]) else { continue }
      let target = sides[1].split(separator: ".").compactMap { UInt32($0, radix: 16) }
      for point in range {
        result[point] = target.count == 1 ? [target[0] + point - range.lowerBound] : target
      }
    }
    return result
  }
}
