import Bytes
import Deduplication

/// The signatures of a text part in each slot.
///
/// A receipt has them as one string of numbers with spaces between: a JSON array of thousands takes
/// ten times as long to read.
struct SlotCounts: Codable, Sendable, Equatable {
  /// More than any text part has.
  private static let limit: UInt64 = 1 << 40

  /// The counts by slot.
  var counts: [UInt64]

  init(counts: [UInt64]) { self.counts = counts }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    counts = try text.utf8.split(separator: 0x20).map { digits in
      guard let count = UInt64(String(decoding: digits, as: UTF8.self)), count < Self.limit else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "not a number of signatures")
      }
      return count
    }
    guard counts.count == SignatureSlots.count else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a number for each slot")
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(counts.map { "\($0)" }.joined(separator: " "))
  }
}
