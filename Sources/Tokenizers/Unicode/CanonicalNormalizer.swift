import Bytes
import CByteKernels

/// Brings UTF-8 to normalisation form C (Unicode Standard Annex 15), with the tables of the
/// reference tokenizers.
///
/// Most text is in that form already. A character is *doubtful* when it has a combining class, may
/// compose with what stands before it, or is never part of the form; text without doubtful
/// characters is copied, and around one only the run from the character before it is looked into.
struct CanonicalNormalizer: Sendable {
  /// The normaliser with the reference tables.
  static let reference = CanonicalNormalizer()

  private let data = CanonicalData.reference
  /// 1 for each doubtful character.
  private let doubts = Self.doubts
  private static let doubts = ClassPages { CanonicalData.reference.isDoubtful($0) ? 1 : 0 }

  /// The offset of the first doubtful character, or nil where the text is in the form already.
  func firstDoubtful(in text: Span<UInt8>) -> Int? { doubtful(in: text, from: 0) }

  /// Appends a text in the form.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - firstDoubtful: What `firstDoubtful(in:)` gave for it.
  ///   - output: Where the bytes go.
  func append(_ text: Span<UInt8>, firstDoubtful: Int, to output: inout [UInt8]) {
    var copied = 0
    var points: [UInt32] = []
    var next: Int? = firstDoubtful
    while let found = next {
      let start = characterStart(before: found, in: text, notBefore: copied)
      output.append(text, from: copied, to: start)
      points.removeAll(keepingCapacity: true)
      var index = start
      while index < text.count {
        let (point, length) = UTF8Decoding.scalar(in: text, at: index)
        if index > found && !data.isDoubtful(point) { break }
        data.appendDecomposition(of: point, to: &points)
        index += length
      }
      order(&points)
      compose(&points)
      for point in points { UTF8Decoding.append(point, to: &output) }
      copied = index
      next = doubtful(in: text, from: index)
    }
    output.append(text, from: copied, to: text.count)
  }

  private func doubtful(in text: Span<UInt8>, from start: Int) -> Int? {
    // The first doubtful character is U+0300, so the kernel passes over all that is below.
    let found = unsafe text.withUnsafeBufferPointer { bytes in
      guard let address = bytes.baseAddress, start < bytes.count else { return bytes.count }
      return unsafe start
        + cuvee_find_valued(address + start, bytes.count - start, doubts.pages, doubts.values)
    }
    return found < text.count ? found : nil
  }

  /// The start of the character before an offset, or the offset where there is none to go back to.
  private func characterStart(
    before offset: Int, in text: Span<UInt8>, notBefore limit: Int
  ) -> Int {
    var index = offset
    while index > limit && index > offset - 4 {
      index -= 1
      if text[index] & 0xC0 != 0x80 { break }
    }
    return index
  }

  /// Sorts each run of marks by class, and keeps the order of those of one class.
  private func order(_ points: inout [UInt32]) {
    var index = 0
    while index < points.count {
      guard data.combiningClass(points[index]) > 0 else {
        index += 1
        continue
      }
      var end = index + 1
      var isSorted = true
      while end < points.count, data.combiningClass(points[end]) > 0 {
        if data.combiningClass(points[end]) < data.combiningClass(points[end - 1]) {
          isSorted = false
        }
        end += 1
      }
      if !isSorted { sort(&points, from: index, to: end) }
      index = end
    }
  }

  private func sort(_ points: inout [UInt32], from start: Int, to end: Int) {
    let keys = (start..<end).map { position in
      (UInt64(data.combiningClass(points[position])) << 32 | UInt64(position - start))
    }
    let marks = Array(points[start..<end])
    for (offset, key) in keys.sorted().enumerated() {
      points[start + offset] = marks[Int(key & 0xFFFF_FFFF)]
    }
  }

  /// Composes in place.
  private func compose(_ points: inout [UInt32]) {
    var kept = 0
    var starter: Int?
    var lastClass: UInt8 = 0
    for index in 0..<points.count {
      let point = points[index]
      let pointClass = data.combiningClass(point)
      if let starter, starter == kept - 1 || lastClass < pointClass,
        let whole = data.composition(points[starter], point)
      {
        points[starter] = whole
        continue
      }
      if pointClass == 0 { starter = kept }
      lastClass = pointClass
      points[kept] = point
      kept += 1
    }
    points.removeSubrange(kept...)
  }
}
