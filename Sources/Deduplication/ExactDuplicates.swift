import Bytes
import Declarations
import Documents

/// Documents of equal text (`exact: true`): the one of highest priority stays.
///
/// The key is the text's XXH3 in 128 bits. Among 10^9 documents, two of different text share one
/// with a probability near 10^-21, so equal keys are taken for equal texts.
public struct ExactDuplicates: Barrier {
  /// The key of the mixture file.
  public static let name = "exact"
  /// What it compares.
  public static let summary =
    "documents whose text is equal"
  /// The name of what it removes, in accounts.
  public static let reason = "exact_duplicate"
  /// Whole documents go.
  public var scope: BarrierScope { .documents }
  /// Which of equal documents stays.
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

  /// Appends the hash of every kept document of a batch.
  public func sign(
    _ batch: borrowing DocumentBatch, firstDocument: UInt32, into signatures: inout [Signature]
  ) {
    let text = batch.text
    for index in 0..<batch.count where batch.verdicts[index] == .keep {
      let key = StableHash.xxh128(text.span.extracting(batch.textRange(index)))
      signatures.append(
        Signature(
          key: key, document: firstDocument + UInt32(index), rank: keep.rank(of: index, batch)))
    }
  }
}
