import Bytes
import Documents

/// Runs a filter over batches, for one worker.
///
/// What it does to a document depends on that document alone. Memory is reused from batch to batch.
public struct FilterRunner: ~Copyable {
  /// The filter.
  public let chain: FilterChain
  /// What each step has done so far, in the order of `chain.reasons`.
  public private(set) var counts: [FilterCounts]
  /// Bytes of white space and line ends that line editors have left out of texts that they kept,
  /// and of what rewriting took out of lines, less what they put in.
  public private(set) var trimmedBytes: Int64 = 0
  /// Looks on, where there is one.
  public var observer: (any FilterObserver)?

  private let firstReason: UInt16
  private var view = DocumentView()
  private var lines = LineBatch()
  private var rewrite = TextRewrite()
  private var replacements = TextReplacements()

  init(_ chain: FilterChain, firstReason: UInt16) {
    self.chain = chain
    self.firstReason = firstReason
    counts = Array(repeating: FilterCounts(), count: chain.reasons.count)
  }

  /// Marks the documents of a batch that are to be dropped, and rewrites texts.
  ///
  /// Documents that are dropped already are passed over. A dropped document keeps the text that
  /// it had when it was dropped.
  public mutating func apply(to batch: inout DocumentBatch) {
    for stage in chain.stages {
      switch stage {
      case .documents(let rules): mark(rules, &batch)
      case .rewrite(let rewriter, let step): self.rewrite(rewriter, step, &batch)
      case .lines(let editors): edit(editors, &batch)
      }
    }
  }

  /// Gives what was counted since the last call.
  ///
  /// - Returns: The counts of each step, in the order of `chain.reasons`, and `trimmedBytes`.
  public mutating func takeCounts() -> (steps: [FilterCounts], trimmedBytes: Int64) {
    let taken = (counts, trimmedBytes)
    counts = Array(repeating: FilterCounts(), count: counts.count)
    trimmedBytes = 0
    return taken
  }

  private func verdict(_ step: Int) -> Verdict { .drop(reason: firstReason + UInt16(step)) }

  private mutating func mark(
    _ rules: [(rule: any Rule, step: Int)], _ batch: inout DocumentBatch
  ) {
    for index in 0..<batch.count where batch.verdicts[index] == .keep {
      view.begin(batch.textRange(index), of: batch.text)
      for (rule, step) in rules {
        guard let measure = rule.fault(in: &view) else { continue }
        batch.verdicts[index] = verdict(step)
        count(index, batch, step, measure)
        break
      }
    }
    view.end()
  }

  /// Replaces stretches of the documents that are kept.
  private mutating func rewrite(
    _ rewriter: any DocumentRewriter, _ step: Int, _ batch: inout DocumentBatch
  ) {
    let text = batch.text
    var changed = 0
    for index in 0..<batch.count {
      let range = batch.textRange(index)
      replacements.removeAll()
      if batch.verdicts[index] == .keep {
        rewriter.rewrite(text.span.extracting(range), &replacements)
      }
      var place = range.lowerBound
      for (stretch, replacement) in zip(replacements.ranges, replacements.texts) {
        rewrite.copy(place..<(range.lowerBound + stretch.lowerBound), of: batch)
        rewrite.insert(replacement.span)
        place = range.lowerBound + stretch.upperBound
        trimmedBytes += Int64(stretch.count - replacement.count)
      }
      changed += replacements.ranges.count
      rewrite.copy(place..<range.upperBound, of: batch)
      rewrite.endDocument(of: batch)
    }
    counts[step].editedLines += UInt64(changed)
    if changed > 0 { batch.apply(&rewrite) } else { rewrite.removeAll() }
  }

  private mutating func edit(
    _ editors: [(editor: any LineEditor, step: Int)], _ batch: inout DocumentBatch
  ) {
    lines.split(batch)
    for (editor, step) in editors {
      lines.step = step
      lines.editedLines = 0
      editor.edit(&lines)
      counts[step].editedLines += UInt64(lines.editedLines)
    }
    observer?.edited(lines, of: batch)
    rewriteTexts(&batch)
    lines.removeAll()
    batch.apply(&rewrite)
  }

  private mutating func rewriteTexts(_ batch: inout DocumentBatch) {
    var next = 0
    for document in lines.documents.indices {
      let index = lines.documents[document].index
      while next < index {
        rewrite.keepDocument(of: batch)
        next += 1
      }
      next += 1
      let step = lines.documents[document].droppedBy
      if step >= 0 {
        batch.verdicts[index] = verdict(step)
        count(index, batch, step, lines.documents[document].measure)
        rewrite.keepDocument(of: batch)
      } else if lines.join(document, of: batch, into: &rewrite) {
        countLines(of: document, rewrite.unfinishedBytes, batch)
        rewrite.endDocument(of: batch)
      } else {
        let empty = chain.reasons.count - 1
        batch.verdicts[index] = verdict(empty)
        count(index, batch, empty, nil)
        rewrite.keepDocument(of: batch)
      }
    }
    while next < batch.count {
      rewrite.keepDocument(of: batch)
      next += 1
    }
  }

  private mutating func count(
    _ document: Int, _ batch: borrowing DocumentBatch, _ step: Int, _ measure: Measure?
  ) {
    counts[step].documents += 1
    counts[step].documentBytes += UInt64(batch.textRange(document).count)
    let found = measure.flatMap { chain.item($0.item, ofStep: step) }
    if let found { FilterCounts.add([found: 1], to: &counts[step].found) }
    observer?.dropped(document, of: batch, reason: step, measure, found: found)
  }

  /// Counts the lines that were cut of a document that stays.
  private mutating func countLines(
    of document: Int, _ bytesAfter: Int, _ batch: borrowing DocumentBatch
  ) {
    var cut = 0
    for line in lines.lines[lines.documents[document].lines] where line.cutBy >= 0 {
      counts[line.cutBy].lines += 1
      counts[line.cutBy].lineBytes += UInt64(line.source.count)
      cut += line.source.count
    }
    let before = batch.textRange(lines.documents[document].index).count
    trimmedBytes += Int64(before - bytesAfter - cut)
  }
}
