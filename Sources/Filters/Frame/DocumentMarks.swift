import Bytes
import Documents

/// The documents of a batch while one rule marks them.
public struct DocumentMarks: ~Copyable {
  /// The batch.
  public var batch: DocumentBatch
  /// The verdict on documents that the rule drops.
  let verdict: Verdict
  /// The documents that the rule has dropped, with its measures.
  var dropped: [(document: Int, measure: Measure)] = []

  init(_ batch: consuming DocumentBatch, verdict: Verdict) {
    self.batch = batch
    self.verdict = verdict
  }

  /// Drops the documents for which a function gives a measure.
  ///
  /// - Parameter fault: Called with the text of each document that is not dropped yet.
  public mutating func dropEach(_ fault: (Span<UInt8>) -> Measure?) {
    for index in 0..<batch.count where batch.verdicts[index] == .keep {
      if let measure = fault(batch.text.span.extracting(batch.textRange(index))) {
        drop(index, measure)
      }
    }
  }

  /// Gives the batch back.
  consuming func finish() -> DocumentBatch { batch }

  /// Drops a document.
  public mutating func drop(_ index: Int, _ measure: Measure) {
    batch.verdicts[index] = verdict
    dropped.append((index, measure))
  }
}
