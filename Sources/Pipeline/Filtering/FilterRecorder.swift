import Bytes
import Documents
import Filters

/// Writes down what a filter does to each document of a batch.
final class FilterRecorder: FilterObserver {
  private let reasons: [FilterReason]
  private var measures: [Int: Measure] = [:]
  private var found: [Int: String] = [:]
  private var lines: [Int: [FilteredDocument.Line]] = [:]

  init(reasons: [FilterReason]) { self.reasons = reasons }

  func dropped(
    _ document: Int, of batch: borrowing DocumentBatch, reason: Int, _ measure: Measure?,
    found: String?
  ) {
    measures[document] = measure
    self.found[document] = found
  }

  func edited(_ lines: borrowing LineBatch, of batch: borrowing DocumentBatch) {
    for document in lines.documents {
      // Of a second run of line editors only what it cuts is told: the rest has been told.
      let isFirst = self.lines[document.index] == nil
      for index in document.lines {
        let line = record(index, document, lines)
        if isFirst || !line.kept { self.lines[document.index, default: []].append(line) }
      }
    }
  }

  private func record(
    _ index: Int, _ document: LineBatch.Document, _ lines: borrowing LineBatch
  ) -> FilteredDocument.Line {
    let line = lines.lines[index]
    var edited: [UInt8]?
    if lines.isRewritten(index) {
      var bytes: [UInt8] = []
      lines.appendBytes(of: index, to: &bytes)
      edited = bytes
    }
    var result = FilteredDocument.Line(
      line: Array(lines.text[line.source]), edited: edited, kept: false, reason: nil, measure: nil)
    if index < document.end {
      result.kept = line.cutBy < 0
      if line.cutBy >= 0 {
        result.reason = reasons[line.cutBy].name
        result.measure = FilteredDocument.Figures(lines.measures[index])
      }
    } else if index == document.end {
      result.reason = reasons[document.droppedBy].name
      result.measure = FilteredDocument.Figures(document.measure)
    }
    return result
  }

  /// The documents of a batch that the filter has gone over; what was written down is forgotten.
  func take(_ batch: borrowing DocumentBatch) -> [FilteredDocument] {
    var documents: [FilteredDocument] = []
    for index in 0..<batch.count {
      var document = FilteredDocument(
        id: Array(batch.ids[batch.idRange(index)]), kept: true, lines: lines[index] ?? [])
      if case .drop(let reason) = batch.verdicts[index] {
        document.kept = false
        document.reason = reasons[Int(reason)].name
        document.measure = measures[index].map { FilteredDocument.Figures($0) }
        document.found = found[index]
      } else {
        document.text = Array(batch.text[batch.textRange(index)])
      }
      documents.append(document)
    }
    measures.removeAll(keepingCapacity: true)
    found.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    return documents
  }
}
