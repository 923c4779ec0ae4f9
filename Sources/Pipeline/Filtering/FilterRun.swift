import Bytes
import Documents
import Filters
import Readers
import Streams

/// Runs a filter over files without a mixture.
public struct FilterRun {
  private let files: [String]
  private let format: String?
  private let text: String?
  private let chain: FilterChain
  private let workers: Int
  private let badShare: BadShareLimit

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - files: Paths; `-` is standard input.
  ///   - format: The format's name; nil to go by the files' names.
  ///   - text: The template of the text.
  ///   - chain: The filter.
  ///   - workers: The number of threads.
  ///   - badShare: The share of a file's records that may be bad.
  public init(
    files: [String], format: String?, text: String?, chain: FilterChain, workers: Int,
    badShare: BadShareLimit
  ) {
    self.badShare = badShare
    self.files = files
    self.format = format
    self.text = text
    self.chain = chain
    self.workers = workers
  }

  /// Filters all files.
  ///
  /// - Parameters:
  ///   - output: Takes the documents that are kept, as JSON Lines; nil for none.
  ///   - show: Takes each document in order; nil where only the totals are wanted.
  /// - Returns: The totals.
  /// - Throws: `missingInput`, `badData` or `io`.
  public func run(
    output: consuming NewFile?, show: (@Sendable (FilteredDocument) -> Void)?
  ) throws(CuveeError) -> FilterTotals {
    let kept: OutputFileBox?
    switch consume output {
    case .some(let output): kept = OutputFileBox(output)
    case .none: kept = nil
    }
    let sink = FilterSink(FilterTotals(chain), file: kept, show: show)
    for file in files {
      sink.begin(file)
      let path = file == "-" ? "/dev/stdin" : FileSystem.absolute(file)
      let format = try InputFormat.make(of: file, format: format, text: text)
      let reader = RecordBatchSource(
        RecordBatchReader(
          files: [SourceFile(path: path, displayPath: file, ordinal: 0)], framing: format.framing))
      let wants = (lines: kept != nil, documents: show != nil)
      try OrderedExecutor(workers: workers).run(
        next: { () throws(CuveeError) in try reader.next() },
        makeWorker: { FilterWorker(format: format, chain: chain, wants: wants) },
        work: { (worker, batch) throws(CuveeError) in
          defer { reader.recycle(batch) }
          return worker.process(batch, file: file)
        },
        commit: { batch throws(CuveeError) in try sink.commit(batch) })
    }
    return try sink.finish(badShare)
  }
}

/// What a worker has made of a batch of records.
private struct FilteredBatch {
  /// The documents that are kept, as lines of JSON.
  var lines: [UInt8] = []
  var documents: [FilteredDocument] = []
  var read = Tally()
  var kept = Tally()
  var counts: [FilterCounts] = []
  var trimmedBytes: Int64 = 0
  var badRecords: [String: UInt64] = [:]
  var badLines: [String] = []
}

private struct FilterWorker {
  private let parser: any RecordParser
  private let runner: FilterRunnerBox
  private let recorder: FilterRecorder?
  private let wantsLines: Bool
  private let documents = DocumentBatchBox()

  init(format: any RecordFormat, chain: FilterChain, wants: (lines: Bool, documents: Bool)) {
    parser = format.makeParser()
    runner = FilterRunnerBox(chain)
    recorder = wants.documents ? FilterRecorder(reasons: chain.reasons) : nil
    runner.value.observer = recorder
    wantsLines = wants.lines
  }

  func process(_ box: RecordBatchBox, file: String) -> FilteredBatch {
    documents.batch.removeAll()
    parser.parse(&box.batch, into: &documents.batch)
    var result = FilteredBatch()
    for index in 0..<documents.batch.count {
      result.read.add(bytes: documents.batch.textRange(index).count)
    }
    runner.value.apply(to: &documents.batch)
    (result.counts, result.trimmedBytes) = runner.value.takeCounts()
    for index in 0..<documents.batch.count where documents.batch.verdicts[index] == .keep {
      result.kept.add(bytes: documents.batch.textRange(index).count)
      if wantsLines { Self.appendLine(documents.batch, index, to: &result.lines) }
    }
    result.documents = recorder?.take(documents.batch) ?? []
    for record in documents.batch.badRecords {
      result.badRecords[record.reason.rawValue, default: 0] += 1
    }
    result.badLines = documents.batch.badRecords.prefix(BadRecordSummary.examplesKept).map {
      "\(file): record \($0.origin.record): \($0.reason.rawValue): \($0.detail)"
    }
    return result
  }

  private static func appendLine(
    _ batch: borrowing DocumentBatch, _ index: Int, to output: inout [UInt8]
  ) {
    output += Array("{\"id\":".utf8)
    JSONText.appendString(batch.ids.span.extracting(batch.idRange(index)), to: &output)
    output += Array(",\"text\":".utf8)
    JSONText.appendString(batch.text.span.extracting(batch.textRange(index)), to: &output)
    output += [0x7D, 0x0A]
  }
}

/// A runner that a worker reuses.
private final class FilterRunnerBox {
  var value: FilterRunner
  init(_ chain: FilterChain) { value = chain.makeRunner() }
}

/// A file that is written by one thread at a time.
private final class OutputFileBox {
  var file: NewFile
  init(_ file: consuming NewFile) { self.file = file }
}

// Invariant: called by one thread at a time (OrderedExecutor commits in turn).
private final class FilterSink: @unchecked Sendable {
  private var totals: FilterTotals
  private let file: OutputFileBox?
  private let show: (@Sendable (FilteredDocument) -> Void)?

  init(
    _ totals: FilterTotals, file: OutputFileBox?, show: (@Sendable (FilteredDocument) -> Void)?
  ) {
    self.totals = totals
    self.file = file
    self.show = show
  }

  /// What is committed from now on is of this file.
  func begin(_ file: String) { totals.badRecordsByFile.append(BadRecordSummary(source: file)) }

  func commit(_ batch: FilteredBatch) throws(CuveeError) {
    try file?.file.write(batch.lines.span)
    totals.documents += batch.read.documents
    totals.bytes += batch.read.bytes
    totals.keptDocuments += batch.kept.documents
    totals.keptBytes += batch.kept.bytes
    totals.add(batch.counts)
    totals.trimmedBytes += batch.trimmedBytes
    let file = totals.badRecordsByFile.count - 1
    totals.badRecordsByFile[file].add(documents: batch.read.documents)
    totals.badRecordsByFile[file].add(batch.badRecords, examples: batch.badLines)
    totals.badRecordCount += batch.badRecords.values.reduce(0, +)
    totals.badRecords += batch.badLines.prefix(max(0, 10 - totals.badRecords.count))
    if let show { for document in batch.documents { show(document) } }
  }

  func finish(_ badShare: BadShareLimit) throws(CuveeError) -> FilterTotals {
    try badShare.check(totals.badRecordsByFile)
    try file?.file.finish()
    return totals
  }
}
