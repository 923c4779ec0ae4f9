import Bytes
import Declarations
import Documents

extension LineBatch {
  /// Cuts the documents of a batch that are kept so far into lines.
  mutating func split(_ batch: borrowing DocumentBatch) {
    // A local, as a span of a property would keep the others from being changed.
    let source = batch.text
    text = source
    let span = source.span
    for index in 0..<batch.count where batch.verdicts[index] == .keep {
      let first = lines.count
      let range = batch.textRange(index)
      let bytes = span.extracting(range)
      ByteSearch.forEachLine(in: bytes) { whole in
        let line = UTF8Text.stripped(whole, in: bytes)
        lines.append(
          Line((range.lowerBound + line.lowerBound)..<(range.lowerBound + line.upperBound)))
      }
      documents.append(Document(index: index, lines: first..<lines.count, end: lines.count))
    }
    while measures.count < lines.count { measures.append(Measure(0, against: 0)) }
  }

  /// Makes the new text of a document of its lines: joined by LF, without white space at the ends.
  ///
  /// - Parameters:
  ///   - document: The document's index in `documents`.
  ///   - batch: The batch of `split`.
  ///   - rewrite: Takes the text; the caller finishes the document.
  /// - Returns: Whether there is any text.
  mutating func join(
    _ document: Int, of batch: borrowing DocumentBatch, into rewrite: inout TextRewrite
  ) -> Bool {
    let text = self.text
    let rewrittenBytes = rewriting.bytes
    joined.begin(in: batch.textRange(documents[document].index))
    for index in documents[document].lines where lines[index].cutBy < 0 {
      joined.beginLine(text.span)
      if !isRewritten(index) {
        joined.add(.source, lines[index].source)
        continue
      }
      let rewritten = rewritten[Int(lines[index].rewriting)]
      var place = rewritten.bytes.lowerBound
      for piece in rewriting.pieces[rewritten.pieces] {
        if piece.source < 0 {
          joined.add(.rewritten, place..<(place + piece.count))
        } else {
          joined.add(.source, piece.source..<(piece.source + piece.count))
        }
        place += piece.count
      }
    }
    joined.strip(source: text.span, rewritten: rewrittenBytes.span)
    let lineFeed = JoinedLines.lineFeed
    for piece in joined.pieces {
      switch piece.origin {
      case .source: rewrite.copy(piece.range, of: batch)
      case .rewritten: rewrite.insert(rewrittenBytes.span.extracting(piece.range))
      case .lineFeed: rewrite.insert(lineFeed.span)
      }
    }
    return !joined.pieces.isEmpty
  }

  /// Empties the lines and keeps their memory.
  mutating func removeAll() {
    documents.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    rewritten.removeAll(keepingCapacity: true)
    rewriting.removeAll()
    text = []
  }
}
