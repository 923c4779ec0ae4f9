import Bytes
import Documents
import Filters

/// Takes samples of what a worker drops and cuts.
///
/// A sample is made only of what is among the smallest that this worker has seen of its step, so
/// that little is copied; the writing end keeps the smallest of all workers.
final class SampleCollector: FilterObserver {
  /// The greatest order that still counts, by entry, with all smaller ones.
  private var smallest: [[UInt64]]
  private let firstRule: Int
  private var samples: [AuditSample] = []

  /// Creates a collector.
  ///
  /// - Parameters:
  ///   - entries: The entries of the source's account.
  ///   - firstRule: The entry of the first rule of the chain that it looks on.
  init(entries: Int, firstRule: Int) {
    smallest = Array(repeating: [], count: entries)
    self.firstRule = firstRule
  }

  /// The samples since the last call.
  func take() -> [AuditSample] {
    defer { samples.removeAll() }
    return samples
  }

  /// Takes a document that is dropped.
  func add(
    document: Int, of batch: borrowing DocumentBatch, entry: Int, _ measure: Measure?,
    found: String? = nil, removed: AuditSample.Place? = nil
  ) {
    let text = batch.text
    let order = AuditSample.order(
      text.span.extracting(batch.textRange(document)), record: batch.origins[document].record,
      offset: 0)
    guard admits(order, entry) else { return }
    samples.append(
      AuditSample(
        document, line: nil, of: batch, entry: entry, order: order, measure, found: found,
        removed: removed))
  }

  /// Takes a line that is cut.
  func add(
    line: Range<Int>, of document: Int, _ batch: borrowing DocumentBatch, entry: Int,
    _ measure: Measure?, removed: AuditSample.Place? = nil
  ) {
    let text = batch.text
    let order = AuditSample.order(
      text.span.extracting(line), record: batch.origins[document].record,
      offset: line.lowerBound - batch.textRange(document).lowerBound)
    guard admits(order, entry) else { return }
    samples.append(
      AuditSample(
        document, line: line, of: batch, entry: entry, order: order, measure, found: nil,
        removed: removed))
  }

  private func admits(_ order: UInt64, _ entry: Int) -> Bool {
    let count = smallest[entry].count
    if count == AuditSample.kept {
      guard order <= smallest[entry][count - 1] else { return false }
      smallest[entry].removeLast()
    }
    let place = smallest[entry].firstIndex { $0 > order } ?? smallest[entry].count
    smallest[entry].insert(order, at: place)
    return true
  }

  func dropped(
    _ document: Int, of batch: borrowing DocumentBatch, reason: Int, _ measure: Measure?,
    found: String?
  ) {
    add(document: document, of: batch, entry: firstRule + reason, measure, found: found)
  }

  func edited(_ lines: borrowing LineBatch, of batch: borrowing DocumentBatch) {
    for document in lines.documents where document.droppedBy < 0 {
      // Of a document of which nothing is left no line counts as cut.
      guard document.lines.contains(where: { lines.lines[$0].cutBy < 0 }) else { continue }
      for index in document.lines where lines.lines[index].cutBy >= 0 {
        add(
          line: lines.lines[index].source, of: document.index, batch,
          entry: firstRule + lines.lines[index].cutBy, lines.measures[index])
      }
    }
  }
}
