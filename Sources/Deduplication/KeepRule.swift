import Bytes
import Documents

/// Which of documents that are equal in something stays. The raw value is the value of `keep`.
public enum KeepRule: String, Sendable, CaseIterable {
  /// The first in the order of priority, files and records.
  case first
  /// The newest by its time; of equally old ones, and where none has a time, the first.
  case newest
  /// The one whose URL has the smallest MD5, which favours no site over another; C4 keeps lines so.
  case urlMD5 = "url-md5"

  /// What the rule looks at besides the order.
  public var needsTimestamps: Bool { self == .newest }
  /// What the rule looks at besides the order.
  public var needsURLs: Bool { self == .urlMD5 }

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
