import Bytes
import Declarations
import Documents

extension KeepRule {
  /// A document's rank: the smallest stays.
  public func rank(of document: Int, _ batch: borrowing DocumentBatch) -> UInt64 {
    switch self {
    case .first: return 0
    case .newest:
      let bytes = batch.timestamps.bytes
      return .max - Self.moment(bytes.span.extracting(batch.timestamps.range(document)))
    case .urlMD5:
      // 64 of the 128 bits: that two URLs share them is next to impossible, and the first stays.
      let bytes = batch.urls.bytes
      return MD5.first64(bytes.span.extracting(batch.urls.range(document)))
    }
  }

  /// The first 14 digits of a time, as in `2019-04-25T12:57:54Z` or `20190425125754`: times of the
  /// same form are in the order of these numbers, and others are refused (`TimeForms`). Missing
  /// digits are zeros.
  static func moment(_ text: Span<UInt8>) -> UInt64 {
    var value: UInt64 = 0
    var digits = 0
    for index in text.indices where text[index] >= 0x30 && text[index] <= 0x39 {
      value = value * 10 + UInt64(text[index] - 0x30)
      digits += 1
      if digits == 14 { break }
    }
    while digits < 14 {
      value *= 10
      digits += 1
    }
    return value
  }
}
