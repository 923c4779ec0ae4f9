/// Lower case as Python's `str.lower` makes it (Unicode 14), for comparisons that were first
/// written in Python.
public struct Lowercase: Sendable {
  /// The mapping of Python 3.11.
  public static let python = Lowercase()

  private static let pageBits = 6
  /// What each page of characters becomes; page 0 holds characters that stay as they are.
  private var pages: [UInt32]
  /// The ordinal of each page.
  private var pageOf: [UInt16]
  private let cased: CodePointRanges
  private let ignorable: CodePointRanges

  private init() {
    let pageSize = 1 << Self.pageBits
    pages = Array(repeating: 0, count: pageSize)
    pageOf = Array(repeating: 0, count: 0x110000 >> Self.pageBits)
    cased = CodePointRanges(hexadecimal: LowercaseTable.cased)
    ignorable = CodePointRanges(hexadecimal: LowercaseTable.ignorable)
    for item in LowercaseTable.mappings.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let sides = item.split(separator: ":")
      let run = sides[0].split(separator: "/")
      let bounds = run[0].split(separator: "-").map { UInt32($0, radix: 16) ?? 0 }
      let step = run.count > 1 ? Int(run[1]) ?? 1 : 1
      let first = bounds[0]
      let target = UInt32(sides[1], radix: 16) ?? 0
      for scalar in stride(from: first, through: bounds[bounds.count - 1], by: step) {
        set(scalar, to: target + scalar - first)
      }
    }
  }

  private mutating func set(_ scalar: UInt32, to target: UInt32) {
    let page = Int(scalar) >> Self.pageBits
    let pageSize = 1 << Self.pageBits
    if pageOf[page] == 0 {
      pageOf[page] = UInt16(pages.count >> Self.pageBits)
      pages += [UInt32](repeating: 0, count: pageSize)
    }
    pages[Int(pageOf[page]) << Self.pageBits + Int(scalar) & (pageSize - 1)] = target
  }

  /// Appends a text in lower case.
  ///
  /// - Parameters:
  ///   - text: Valid UTF-8.
  ///   - output: Takes the text, valid UTF-8; it may be longer or shorter.
  public func append(_ text: Span<UInt8>, to output: inout [UInt8]) {
    output.reserveCapacity(output.count + text.count)
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        output.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        index += 1
      } else {
        let length = UTF8Text.length(byte)
        append(text, at: index, length, to: &output)
        index += length
      }
    }
  }

  private func append(_ text: Span<UInt8>, at index: Int, _ length: Int, to output: inout [UInt8]) {
    let scalar = UTF8Text.scalar(in: text, at: index)
    switch scalar {
    case 0x130: output += [0x69, 0xCC, 0x87]
    case 0x3A3: output += endsWord(text, index) ? [0xCF, 0x82] : [0xCF, 0x83]
    default:
      let page = Int(pageOf[Int(scalar) >> Self.pageBits]) << Self.pageBits
      let target = pages[page + Int(scalar) & (1 << Self.pageBits - 1)]
      if target == 0 {
        output.append(text, from: index, to: index + length)
      } else {
        Self.append(target, to: &output)
      }
    }
  }

  /// Whether a capital sigma at an index ends a word: there are letters before it and none after,
  /// looking past characters that do not matter.
  private func endsWord(_ text: Span<UInt8>, _ index: Int) -> Bool {
    var before = index
    var isAfterLetter = false
    while before > 0 {
      before -= 1
      while before > 0 && text[before] & 0xC0 == 0x80 { before -= 1 }
      let scalar = UTF8Text.scalar(in: text, at: before)
      if ignorable.contains(scalar) { continue }
      isAfterLetter = cased.contains(scalar)
      break
    }
    guard isAfterLetter else { return false }
    var after = index + 2
    while after < text.count {
      let scalar = UTF8Text.scalar(in: text, at: after)
      after += UTF8Text.length(text[after])
      if ignorable.contains(scalar) { continue }
      return !cased.contains(scalar)
    }
    return true
  }

  private static func append(_ scalar: UInt32, to output: inout [UInt8]) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | scalar >> shift & 0x3F) }
    if scalar < 0x80 {
      output.append(UInt8(scalar))
    } else if scalar < 0x800 {
      output += [UInt8(0xC0 | scalar >> 6), tail(0)]
    } else if scalar < 0x10000 {
      output += [UInt8(0xE0 | scalar >> 12), tail(6), tail(0)]
    } else {
      output += [UInt8(0xF0 | scalar >> 18), tail(12), tail(6), tail(0)]
    }
  }
}
