import Bytes
import CByteKernels

/// The neighbouring characters that some token holds.
///
/// Two characters that no token holds side by side end up in different tokens whatever stands
/// around them, so text can be cut between them and each part be encoded by itself.
struct JoinTable: Sendable {
  /// The numbers beyond what is needed that `cut` may write.
  static let slack = 64

  private var ascii = [UInt8](repeating: 0, count: 1 << 14)
  private var slots = [UInt64](repeating: 0, count: 1024)
  private var count = 0

  /// Adds the neighbours in a token.
  mutating func add(_ token: Span<UInt8>) {
    var index = 0
    var before: UInt32?
    while index < token.count {
      let (point, length) = UTF8Decoding.scalar(in: token, at: index)
      if let before { insert(before, point) }
      before = point
      index += length
    }
  }

  /// Whether a token holds two characters side by side.
  @inline(__always)
  func contains(_ first: UInt32, _ second: UInt32) -> Bool {
    if first | second < 0x80 { return ascii[Int(first << 7 | second)] != 0 }
    return find(first, second)
  }

  /// Cuts a text to parts from an offset on, where one starts, until enough are cut or the text ends.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - start: Where to begin; set to the end of the last part.
  ///   - ends: Where the end of each part is written.
  ///   - count: The parts in `ends`; raised by those that are cut.
  ///   - limit: How many make enough; `ends` has room for `slack` more.
  ///   - reach: Where it stops before a part that ends beyond; less than 2^31.
  func cut(
    _ text: Span<UInt8>, from start: inout Int, into ends: inout MutableSpan<UInt32>,
    count: inout Int, limit: Int, reach: Int
  ) {
    var place = start
    while count < limit && start < text.count {
      let capacity = limit + Self.slack - count
      let found = unsafe text.extracting(0..<min(text.count, reach)).withUnsafeBufferPointer {
        bytes in
        unsafe ends.withUnsafeMutableBufferPointer { ends in
          unsafe ascii.withUnsafeBufferPointer { ascii in
            // None of them is empty here; the kernel keeps to their lengths.
            unsafe cuvee_cut_unjoined(
              ascii.baseAddress, bytes.baseAddress, bytes.count, &place,
              ends.baseAddress.map { unsafe $0 + count }, capacity)
          }
        }
      }
      count += found
      if found > 0 { start = Int(ends[count - 1]) }
      if count >= limit { return }
      let end = partEnd(in: text, from: place)
      if end > reach { return }
      start = end
      place = end
      ends[count] = UInt32(end)
      count += 1
    }
  }

  /// The end of the part of a text that starts at an offset: the first place behind it where two
  /// characters meet that no token holds side by side.
  @inline(__always)
  func partEnd(in text: Span<UInt8>, from start: Int) -> Int {
    var index = start &+ 1
    var first = text[start]
    if first < 0x80 {
      while index < text.count {
        let second = text[index]
        if second >= 0x80 { return otherPartEnd(in: text, from: index &- 1) }
        if ascii[Int(first) << 7 | Int(second)] == 0 { return index }
        first = second
        index &+= 1
      }
      return index
    }
    return otherPartEnd(in: text, from: start)
  }

  @inline(never)
  private func otherPartEnd(in text: Span<UInt8>, from start: Int) -> Int {
    var (first, index) = UTF8Decoding.scalar(in: text, at: start)
    index += start
    while index < text.count {
      let (second, length) = UTF8Decoding.scalar(in: text, at: index)
      if !contains(first, second) { return index }
      first = second
      index += length
    }
    return index
  }

  private func find(_ first: UInt32, _ second: UInt32) -> Bool {
    let key = Self.key(first, second)
    let mask = slots.count - 1
    var index = Self.hash(key) & mask
    while slots[index] != 0 {
      if slots[index] == key { return true }
      index = (index + 1) & mask
    }
    return false
  }

  private mutating func insert(_ first: UInt32, _ second: UInt32) {
    if first | second < 0x80 {
      ascii[Int(first << 7 | second)] = 1
      return
    }
    if find(first, second) { return }
    if count * 2 >= slots.count {
      let old = slots
      slots = Array(repeating: 0, count: old.count * 2)
      for key in old where key != 0 { place(key) }
    }
    place(Self.key(first, second))
    count += 1
  }

  private mutating func place(_ key: UInt64) {
    let mask = slots.count - 1
    var index = Self.hash(key) & mask
    while slots[index] != 0 { index = (index + 1) & mask }
    slots[index] = key
  }

  private static func key(_ first: UInt32, _ second: UInt32) -> UInt64 {
    1 << 63 | UInt64(first) << 21 | UInt64(second)
  }

  @inline(__always)
  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 24)
  }
}
