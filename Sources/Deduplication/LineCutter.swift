import Bytes
import Documents

/// Cuts the lines of documents that a barrier has removed. One a worker; memory is kept.
public struct LineCutter {
  private var rewrite = TextRewrite()

  /// Creates a cutter.
  public init() {}

  /// Cuts lines out of the documents of a batch that are kept so far.
  ///
  /// The line feed before a line that stays goes with it, unless no line before it stays.
  ///
  /// - Parameters:
  ///   - removals: The removals of the batch's documents, by document and piece.
  ///   - batch: The documents; of one of which nothing but white space is left, the text stays.
  ///   - firstDocument: The ordinal, in the part, of the batch's first document.
  ///   - cut: Called with each line that goes from a document that stays: the document's index, where
  ///     the line is in the text, and its removal.
  ///   - emptied: Called with each document of which nothing is left.
  public mutating func cut(
    _ removals: ArraySlice<Removal>, of batch: inout DocumentBatch, firstDocument: UInt32,
    cut: (
      _ document: Int, _ line: Range<Int>, _ removal: Removal, _ batch: borrowing DocumentBatch
    ) -> Void,
    emptied: (_ document: Int) -> Void
  ) {
    if removals.isEmpty { return }
    let text = batch.text
    let span = text.span
    var next = removals.startIndex
    for index in 0..<batch.count {
      let ordinal = firstDocument + UInt32(index)
      while next < removals.endIndex, removals[next].document < ordinal { next += 1 }
      guard next < removals.endIndex, removals[next].document == ordinal,
        batch.verdicts[index] == .keep
      else {
        rewrite.keepDocument(of: batch)
        continue
      }
      var kept: [Range<Int>] = []
      var gone: [(line: Range<Int>, removal: Removal)] = []
      var piece: UInt32 = 0
      TextLines.forEach(in: span, batch.textRange(index)) { line in
        if next < removals.endIndex, removals[next].document == ordinal,
          removals[next].piece == piece
        {
          gone.append((line, removals[next]))
          next += 1
        } else {
          kept.append(line)
        }
        piece += 1
      }
      let isEmpty = kept.allSatisfy { UTF8Text.stripped($0, in: span).isEmpty }
      if isEmpty {
        emptied(index)
        rewrite.keepDocument(of: batch)
        continue
      }
      for (line, removal) in gone { cut(index, line, removal, batch) }
      for (ordinal, line) in kept.enumerated() {
        rewrite.copy(
          (ordinal == 0 ? line.lowerBound : line.lowerBound - 1)..<line.upperBound, of: batch)
      }
      rewrite.endDocument(of: batch)
    }
    batch.apply(&rewrite)
  }
}
