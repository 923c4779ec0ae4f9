import Bytes
import Deduplication
import Documents

/// The removals of a text part, loaded.
struct LoadedMarks: Sendable {
  /// What one barrier removes, and the first of its entries in the source's account.
  struct Barrier: Sendable {
    let removals: [Removal]
    let scope: BarrierScope
    let firstEntry: Int
  }

  /// The barriers in their order.
  private(set) var barriers: [Barrier] = []

  /// Nothing is to be applied.
  init() {}

  /// Loads what is to be applied to a text part.
  init(_ part: MarkedTextPart, cache: StageCache) throws(CuveeError) {
    for mark in part.marks {
      barriers.append(
        Barrier(
          removals: try MarkUnit.removals(mark.key, cache: cache), scope: mark.scope,
          firstEntry: mark.entries.lowerBound))
    }
  }
}

/// Takes what barriers have removed out of the batches of a text part, for one worker.
struct MarkApplier {
  private let marks: LoadedMarks
  private var cutter = LineCutter()

  init(_ marks: LoadedMarks) { self.marks = marks }

  /// Drops and rewrites the documents of a batch.
  ///
  /// - Parameters:
  ///   - batch: The documents.
  ///   - firstDocument: The ordinal, in the text part, of the batch's first document.
  ///   - steps: The source's account, to which what was removed is added.
  ///   - samples: Takes samples of it; nil for none.
  mutating func apply(
    to batch: inout DocumentBatch, firstDocument: UInt32, steps: inout [StepAccount],
    samples: SampleCollector?
  ) {
    for barrier in marks.barriers {
      let removals = Self.removals(
        barrier.removals, from: firstDocument, to: firstDocument + UInt32(batch.count))
      switch barrier.scope {
      case .documents:
        for removal in removals {
          drop(
            Int(removal.document - firstDocument), of: &batch, barrier.firstEntry, &steps, samples,
            AuditSample.Place(removal))
        }
      case .lines:
        cutLines(removals, of: &batch, firstDocument, barrier.firstEntry, &steps, samples)
      }
    }
  }

  private func drop(
    _ index: Int, of batch: inout DocumentBatch, _ entry: Int, _ steps: inout [StepAccount],
    _ samples: SampleCollector?, _ removed: AuditSample.Place?
  ) {
    guard batch.verdicts[index] == .keep else { return }
    batch.verdicts[index] = .drop(reason: UInt16(entry))
    steps[entry].documents.add(bytes: batch.textRange(index).count)
    samples?.add(document: index, of: batch, entry: entry, nil, removed: removed)
  }

  private mutating func cutLines(
    _ removals: ArraySlice<Removal>, of batch: inout DocumentBatch, _ firstDocument: UInt32,
    _ entry: Int, _ steps: inout [StepAccount], _ samples: SampleCollector?
  ) {
    if removals.isEmpty { return }
    let before = batch.text.count
    var cut = Tally()
    var emptied: [Int] = []
    cutter.cut(removals, of: &batch, firstDocument: firstDocument) {
      document, line, removal, batch in
      cut.add(bytes: line.count)
      samples?.add(
        line: line, of: document, batch, entry: entry, nil, removed: AuditSample.Place(removal))
    } emptied: {
      emptied.append($0)
    }
    steps[entry].lines += cut
    steps[entry].trimmedBytes += Int64(before - batch.text.count) - Int64(cut.bytes)
    for index in emptied { drop(index, of: &batch, entry + 1, &steps, samples, nil) }
  }

  /// The removals of a range of documents, of a list by rising document.
  private static func removals(
    _ all: [Removal], from first: UInt32, to end: UInt32
  ) -> ArraySlice<Removal> {
    let start = all.partitionPoint { $0.document < first }
    return all[start..<all.partitionPoint { $0.document < end }]
  }
}

extension AuditSample.Place {
  /// What a removal removes.
  init(_ removal: Removal) { self.init(document: removal.document, piece: removal.piece) }
}
