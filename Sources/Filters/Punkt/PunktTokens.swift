import Bytes

/// The tokens of a stretch of text, as Punkt cuts them.
struct PunktTokens {
  private var position: Int
  private let end: Int
  private let bytes: PunktBytes

  /// Begins at the start of a range.
  init(_ range: Range<Int>, bytes: PunktBytes) {
    position = range.lowerBound
    end = range.upperBound
    self.bytes = bytes
  }

  /// The next token, or nil at the end.
  mutating func next(in text: Span<UInt8>) -> Range<Int>? {
    while position < end {
      let space = UTF8Text.spaceLength(in: text, at: position)
      if space == 0 { break }
      position += space
    }
    guard position < end else { return nil }
    let start = position
    let marks = marksLength(text, at: start)
    if marks > 0 {
      position += marks
    } else {
      position += UTF8Text.length(text[start])
      if bytes.beginsWord(text[start]) {
        while position < end && !isEnd(text, at: position) { position += 1 }
      }
    }
    return start..<position
  }

  /// Whether a word ends before an index.
  @inline(__always)
  private func isEnd(_ text: Span<UInt8>, at index: Int) -> Bool {
    let byte = text[index]
    guard bytes.mayEndWord(byte) else { return false }
    if byte == 0x2C { return index + 1 == end || isHardEnd(text, at: index + 1) }
    return isHardEnd(text, at: index)
  }

  /// The same, where a comma does not count.
  private func isHardEnd(_ text: Span<UInt8>, at index: Int) -> Bool {
    bytes.endsWord(text[index]) || UTF8Text.spaceLength(in: text, at: index) > 0
      || marksLength(text, at: index) > 0
  }

  /// The length of two or more hyphens, of two or more periods, or of three or more periods with a
  /// space after each but the last; 0 where there are none.
  private func marksLength(_ text: Span<UInt8>, at index: Int) -> Int {
    let mark = text[index]
    guard mark == 0x2D || mark == 0x2E else { return 0 }
    var next = index + 1
    while next < end && text[next] == mark { next += 1 }
    if next > index + 1 { return next - index }
    return mark == 0x2E ? spacedPeriodsLength(text, at: index) : 0
  }

  private func spacedPeriodsLength(_ text: Span<UInt8>, at index: Int) -> Int {
    var last = index
    var periods = 1
    while true {
      // Punkt cuts text into lines first, so a line feed is no space here.
      guard last + 1 < end, text[last + 1] != 0x0A else { break }
      let space = UTF8Text.spaceLength(in: text, at: last + 1)
      guard space > 0, last + 1 + space < end, text[last + 1 + space] == 0x2E else { break }
      last += 1 + space
      periods += 1
    }
    return periods >= 3 ? last + 1 - index : 0
  }
}
