import Bytes
import Declarations
import Documents
import Readers
import Streams
import Tokenizers

/// Tokenises files without a mixture.
public struct TokenizeRun {
  private let files: [String]
  private let format: String?
  private let text: String?
  private let tokenizer: LoadedTokenizer
  private let workers: Int
  private let specialTokens: SpecialTokenHandling
  private let badShare: BadShareLimit

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - files: Paths; `-` is standard input.
  ///   - format: The format's name; nil to go by the files' names.
  ///   - text: The template of the text.
  ///   - tokenizer: The tokenizer.
  ///   - workers: The number of threads.
  ///   - specialTokens: What special tokens that a text spells out become.
  ///   - badShare: The share of a file's records that may be bad.
  public init(
    files: [String], format: String?, text: String?, tokenizer: LoadedTokenizer, workers: Int,
    specialTokens: SpecialTokenHandling = .ordinary, badShare: BadShareLimit
  ) {
    self.badShare = badShare
    self.files = files
    self.format = format
    self.text = text
    self.tokenizer = tokenizer
    self.workers = workers
    self.specialTokens = specialTokens
  }

  /// The files that take ids.
  public struct Output: ~Copyable {
    private var ids: NewFile
    private var offsets: NewFile
    fileprivate let folder: String

    /// Creates an output.
    ///
    /// - Parameters:
    ///   - ids: The file of the ids.
    ///   - offsets: The file of their offsets.
    ///   - folder: Where ids lie until their number is known.
    public init(ids: consuming NewFile, offsets: consuming NewFile, folder: String) {
      self.ids = ids
      self.offsets = offsets
      self.folder = folder
    }

    fileprivate consuming func open() throws(CuveeError) -> IDsFile {
      try IDsFile(ids, offsets: offsets, scratch: folder)
    }
  }

  /// Tokenises all files.
  ///
  /// - Parameter output: The `.npy` files of the ids and of their offsets, and the folder for what
  ///   is not finished; nil to count only.
  /// - Returns: What was read and what it came to.
  /// - Throws: `missingInput`, `badData` or `io`.
  public func run(output: consuming Output?) throws(CuveeError) -> TokenizeTotals {
    let sink: TokenizeSink
    let scratchFolder: String?
    switch consume output {
    case .some(let output):
      scratchFolder = output.folder
      sink = TokenizeSink(try output.open(), sources: files)
    case .none:
      scratchFolder = nil
      sink = TokenizeSink(nil, sources: files)
    }
    for group in try groups() {
      let reader = RecordBatchSource(
        RecordBatchReader(files: group.files, framing: group.format.framing))
      try OrderedExecutor(workers: workers).run(
        next: { () throws(CuveeError) in try reader.next() },
        makeWorker: {
          Worker(
            format: group.format, tokenizer: tokenizer, specialTokens, scratchFolder: scratchFolder)
        },
        work: { (worker, batch) throws(CuveeError) in
          defer { reader.recycle(batch) }
          return try worker.process(batch, files: files)
        },
        commit: { batch throws(CuveeError) in try sink.commit(batch) })
    }
    return try sink.finish(badShare)
  }

  /// Files one after another that have the same format: making an encoder takes as long as many
  /// small files, so it is not made for each.
  private func groups() throws(CuveeError) -> [(format: any RecordFormat, files: [SourceFile])] {
    var groups: [(format: any RecordFormat, files: [SourceFile])] = []
    for (ordinal, file) in files.enumerated() {
      let path = file == "-" ? "/dev/stdin" : FileSystem.absolute(file)
      let format = try InputFormat.make(of: file, format: format, text: text)
      let source = SourceFile(
        path: path, displayPath: file, ordinal: UInt32(ordinal), range: nil, firstRecord: 0)
      if let last = groups.last, type(of: last.format).name == type(of: format).name {
        groups[groups.count - 1].files.append(source)
      } else {
        groups.append((format, [source]))
      }
    }
    return groups
  }

  /// The ids of a batch.
  private struct Batch {
    var ids = EncodedTexts.IDs.inMemory([])
    var ends: [Int] = []
    var counts: [UInt32: TokenizeTotals.Counts] = [:]
    var badRecords: [UInt32: [String]] = [:]
  }

  private struct Worker {
    private let parser: any RecordParser
    private let encoder: any TokenEncoder
    private let special: SpecialTokenCounter
    private let documents = DocumentBatchBox()
    private let scratchFolder: String?

    init(
      format: any RecordFormat, tokenizer: LoadedTokenizer, _ specialTokens: SpecialTokenHandling,
      scratchFolder: String?
    ) {
      self.scratchFolder = scratchFolder
      parser = format.makeParser()
      encoder = tokenizer.tokenizer.makeEncoder(specialTokens: specialTokens)
      special = SpecialTokenCounter(tokenizer.tokenizer)
    }

    /// Encodes the documents. Nobody needs their text afterwards.
    private func encode() throws(CuveeError) -> EncodedTexts {
      if documents.batch.count == 1, documents.batch.text.count > EncodedTexts.hugeText,
        encoder.letsTextsGo
      {
        return try EncodedTexts(
          givenAway: documents.batch.giveTextAway(), encoder, scratchFolder: scratchFolder)
      }
      let text = documents.batch.text
      return try EncodedTexts(
        text.span, ends: documents.batch.textEnds, encoder,
        scratchFolder: scratchFolder)
    }

    /// The special tokens that each document spells out.
    private func specialCounts() -> [Int] {
      let text = documents.batch.text
      return (0..<documents.batch.count).map { index in
        special.count(in: text.span.extracting(documents.batch.textRange(index)))
      }
    }

    func process(_ box: RecordBatchBox, files: [String]) throws(CuveeError) -> Batch {
      documents.batch.removeAll()
      parser.parse(&box.batch, into: &documents.batch)
      var result = Batch()
      let specials = specialCounts()
      let encoded = try encode()
      (result.ids, result.ends) = (encoded.ids, encoded.ends)
      var start = 0
      for index in 0..<documents.batch.count {
        let counts = TokenizeTotals.Counts(
          documents: 1, bytes: UInt64(documents.batch.textRange(index).count),
          tokens: UInt64(result.ends[index] - start), specialTokens: UInt64(specials[index]))
        result.counts[documents.batch.origins[index].file, default: .init()] += counts
        start = result.ends[index]
      }
      for record in documents.batch.badRecords {
        let reason = record.reason.rawValue
        result.counts[record.origin.file, default: .init()].badRecords[reason, default: 0] += 1
        guard
          result.badRecords[record.origin.file, default: []].count < BadRecordSummary.examplesKept
        else { continue }
        result.badRecords[record.origin.file, default: []].append(
          "\(files[Int(record.origin.file)]): record \(record.origin.record): \(reason): "
            + record.detail)
      }
      return result
    }
  }

  // Invariant: called by one thread at a time (OrderedExecutor commits in turn).
  private final class TokenizeSink: @unchecked Sendable {
    private var file: IDsFile?
    private var totals = TokenizeTotals()

    init(_ file: consuming IDsFile?, sources: [String]) {
      self.file = file
      totals.sources = sources.map { ($0, .init()) }
      totals.badRecords = sources.map { BadRecordSummary(source: $0) }
    }

    func commit(_ batch: Batch) throws(CuveeError) {
      try file?.append(ids: batch.ids, ends: batch.ends)
      for (source, counts) in batch.counts {
        totals.sources[Int(source)].counts += counts
        totals.badRecords[Int(source)].add(documents: counts.documents)
        totals.badRecords[Int(source)].add(
          counts.badRecords, examples: batch.badRecords[source] ?? [])
      }
    }

    func finish(_ badShare: BadShareLimit) throws(CuveeError) -> TokenizeTotals {
      try badShare.check(totals.badRecords)
      try file?.finish()
      return totals
    }
  }
}
