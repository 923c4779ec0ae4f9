import Bytes

/// Normalisation forms D and KD (Unicode Standard Annex 15).
struct Decomposition: Sendable {
  /// Form D.
  static let canonical = Decomposition(compatibility: [:])
  /// Form KD.
  static let compatible = Decomposition(
    compatibility: {
      var result: [UInt32: [UInt32]] = [:]
      var point: UInt32 = 0
      for word in UnicodePropertyTable.compatibility.split(whereSeparator: \.isWhitespace) {
        guard let sign = word.firstIndex(of: "=") else { continue }
        point = UInt32(word[..<sign], radix: 16) ?? point + 1
        result[point] = word[word.index(after: sign)...].split(separator: ".")
          .compactMap { UInt32($0, radix: 16) }
      }
      return result
    }())

  private let data = CanonicalData.reference
  private let compatibility: [UInt32: [UInt32]]

  private init(compatibility: [UInt32: [UInt32]]) { self.compatibility = compatibility }

  /// The decomposed text.
  func apply(_ text: [UInt8]) -> [UInt8] {
    if text.allSatisfy({ $0 < 0x80 }) { return text }
    var points: [UInt32] = []
    var index = 0
    while index < text.count {
      let (point, length) = UTF8Decoding.scalar(in: text.span, at: index)
      if point < 0x80 {
        points.append(point)
      } else if let parts = compatibility[point] {
        points += parts
      } else {
        data.appendDecomposition(of: point, to: &points)
      }
      index += length
    }
    order(&points)
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for point in points { UTF8Decoding.append(point, to: &result) }
    return result
  }

  /// Sorts each run of marks by class, and keeps the order of those of one class.
  private func order(_ points: inout [UInt32]) {
    var start = 0
    while start < points.count {
      var end = start
      while end < points.count, points[end] >= 0x300, data.combiningClass(points[end]) > 0 {
        end += 1
      }
      if end - start > 1 {
        let sorted = points[start..<end].enumerated().sorted {
          let (left, right) = (data.combiningClass($0.element), data.combiningClass($1.element))
          return left != right ? left < right : $0.offset < $1.offset
        }
        points.replaceSubrange(start..<end, with: sorted.map(\.element))
      }
      start = max(end, start + 1)
    }
  }
}
