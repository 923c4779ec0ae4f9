import Bytes
import Declarations
import Documents

/// Equal lines (`lines: true`), in one document or in several: one of them stays.
///
/// Lines end at LF and are compared in lower case, without white space at their ends, as C4 does
/// (TensorFlow Datasets, `c4_utils.remove_duplicate_text`). Blank lines are never duplicates. Of
/// the lines of one document the first stays.
public struct DuplicateLines: Barrier {
  /// The key of the mixture file.
  public static let name = "lines"
  /// What it compares.
  public static let summary =
    "lines that are equal in lower case, in one document or in several; blank lines stay"
  /// The name of what it removes, in accounts.
  public static let reason = "duplicate_line"
  /// Lines go.
  public var scope: BarrierScope { .lines }
  /// In which document a line stays.
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

  /// Appends the hash of every line of the kept documents of a batch.
  public func sign(
    _ batch: borrowing DocumentBatch, firstDocument: UInt32, into signatures: inout [Signature]
  ) {
    let text = batch.text
    let span = text.span
    let lowercase = Lowercase.python
    var folded: [UInt8] = []
    for index in 0..<batch.count where batch.verdicts[index] == .keep {
      let rank = keep.rank(of: index, batch)
      var piece: UInt32 = 0
      TextLines.forEach(in: span, batch.textRange(index)) { line in
        let stripped = UTF8Text.stripped(line, in: span)
        if !stripped.isEmpty {
          folded.removeAll(keepingCapacity: true)
          lowercase.append(span.extracting(stripped), to: &folded)
          signatures.append(
            Signature(
              key: StableHash.xxh128(folded.span), document: firstDocument + UInt32(index),
              piece: piece, rank: rank))
        }
        piece += 1
      }
    }
  }
}
