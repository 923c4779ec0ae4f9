import Bytes
import Declarations
import Documents

/// Documents of one URL (`urls: true`): one of them stays.
///
/// URLs are compared in the normal form that C4 gives them (`NormalizedURL`). A document without a
/// URL is like no other and stays.
public struct DuplicateURLs: Barrier {
  /// The key of the mixture file.
  public static let name = "urls"
  /// What it compares.
  public static let summary =
    "documents whose URL is the same but for scheme, `www.` and tracking"
  /// The name of what it removes, in accounts.
  public static let reason = "duplicate_url"
  /// Whole documents go.
  public var scope: BarrierScope { .documents }
  /// It compares URLs.
  public var needsURLs: Bool { true }
  /// Which document of a URL stays.
  public let keep: KeepRule
  /// The values of its parameters.
  public let values: Parameters

  /// Creates the barrier.
  public init(keep: KeepRule = .first) { self.init(parameters: Parameters("keep", keep)) }

  /// Creates the barrier with what a file says.
  public init(parameters: Parameters) {
    values = parameters
    keep = parameters.choice("keep")
  }

  /// Appends the hash of the URL of every kept document of a batch.
  public func sign(
    _ batch: borrowing DocumentBatch, firstDocument: UInt32, into signatures: inout [Signature]
  ) {
    let urls = batch.urls.bytes
    var normalized: [UInt8] = []
    for index in 0..<batch.count where batch.verdicts[index] == .keep {
      let range = batch.urls.range(index)
      if range.isEmpty { continue }
      normalized.removeAll(keepingCapacity: true)
      NormalizedURL.append(urls.span.extracting(range), to: &normalized)
      signatures.append(
        Signature(
          key: StableHash.xxh128(normalized.span), document: firstDocument + UInt32(index),
          rank: keep.rank(of: index, batch)))
    }
  }
}
