import Bytes
import Documents
import Readers
import Streams
import Tokenizers

/// What `cuvee tokenize` has counted.
public struct TokenizeTotals: Sendable, Codable {
  /// Documents.
  public var documents: UInt64 = 0
  /// Bytes of their text.
  public var bytes: UInt64 = 0
  /// Tokens.
  public var tokens: UInt64 = 0
  /// Special tokens that the texts spell out.
  public var specialTokens: UInt64 = 0
  /// Records that gave no document.
  public var badRecordCount: UInt64 = 0
  /// The first of them.
  public var badRecords: [String] = []

  enum CodingKeys: String, CodingKey {
    case documents, bytes, tokens
    case specialTokens = "special_tokens"
    case badRecordCount = "bad_record_count"
    case badRecords = "bad_records"
  }
}

/// Tokenises files without a mixture.
public struct TokenizeRun {
  private let files: [String]
  private let format: String?
  private let text: String?
  private let tokenizer: LoadedTokenizer
  private let workers: Int
  private let specialTokens: SpecialTokenHandling

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - files: Paths; `-` is standard input.
  ///   - format: The format's name; nil to go by the files' names.
  ///   - text: The template of the text.
  ///   - tokenizer: The tokenizer.
  ///   - workers: The number of threads.
  ///   - specialTokens: What special tokens that a text spells out become.
  public init(
    files: [String], format: String?, text: String?, tokenizer: LoadedTokenizer, workers: Int,
    specialTokens: SpecialTokenHandling = .ordinary
  ) {
    self.files = files
    self.format = format
    self.text = text
    self.tokenizer = tokenizer
    self.workers = workers
    self.specialTokens = specialTokens
  }

  /// Tokenises all files.
  ///
  /// - Parameter output: The `.npy` file of the ids; nil to count only.
  /// - Returns: What was read and what it came to.
  /// - Throws: `missingInput`, `badData` or `io`.
  public func run(output: String?) throws(CuveeError) -> TokenizeTotals {
    let sink = TokenizeSink(try output.map { path throws(CuveeError) in try IDsFile(path: path) })
    for file in files {
      let path = file == "-" ? "/dev/stdin" : FileSystem.absolute(file)
      let format = try InputFormat.make(of: file, format: format, text: text)
      let reader = RecordBatchSource(
        RecordBatchReader(
          files: [
            SourceFile(path: path, displayPath: file, ordinal: 0, range: nil, firstRecord: 0)
          ], framing: format.framing))
      try OrderedExecutor(workers: workers).run(
        next: { () throws(CuveeError) in try reader.next() },
        makeWorker: { Worker(format: format, tokenizer: tokenizer, specialTokens) },
        work: { (worker, batch) throws(CuveeError) in
          defer { reader.recycle(batch) }
          return worker.process(batch, file: file)
        },
        commit: { batch throws(CuveeError) in try sink.commit(batch) })
    }
    return try sink.finish()
  }

  /// The ids of a batch.
  private struct Batch {
    var ids: [UInt32] = []
    var ends: [Int] = []
    var bytes = 0
    var specialTokens = 0
    var badRecords: [String] = []
  }

  private struct Worker {
    private let parser: any RecordParser
    private let encoder: any TokenEncoder
    private let special: SpecialTokenCounter
    private let documents = DocumentBatchBox()

    init(
      format: any RecordFormat, tokenizer: LoadedTokenizer, _ specialTokens: SpecialTokenHandling
    ) {
      parser = format.makeParser()
      encoder = tokenizer.tokenizer.makeEncoder(specialTokens: specialTokens)
      special = SpecialTokenCounter(tokenizer.tokenizer)
    }

    func process(_ box: RecordBatchBox, file: String) -> Batch {
      documents.batch.removeAll()
      parser.parse(box.batch, into: &documents.batch)
      var result = Batch()
      let text = documents.batch.text
      encoder.encodeBatch(
        text: text.span, ends: documents.batch.textEnds, into: &result.ids, idEnds: &result.ends)
      result.bytes = text.count
      result.specialTokens = special.count(in: text.span, ends: documents.batch.textEnds)
      result.badRecords = documents.batch.badRecords.map {
        "\(file): record \($0.origin.record): \($0.reason.rawValue): \($0.detail)"
      }
      return result
    }
  }

  // Invariant: called by one thread at a time (OrderedExecutor commits in turn).
  private final class TokenizeSink: @unchecked Sendable {
    private var file: IDsFile?
    private var totals = TokenizeTotals()

    init(_ file: consuming IDsFile?) { self.file = file }

    func commit(_ batch: Batch) throws(CuveeError) {
      try file?.append(ids: batch.ids, ends: batch.ends)
      totals.documents += UInt64(batch.ends.count)
      totals.bytes += UInt64(batch.bytes)
      totals.tokens += UInt64(batch.ids.count)
      totals.specialTokens += UInt64(batch.specialTokens)
      totals.badRecordCount += UInt64(batch.badRecords.count)
      totals.badRecords += batch.badRecords.prefix(max(0, 10 - totals.badRecords.count))
    }

    func finish() throws(CuveeError) -> TokenizeTotals {
      try file?.finish()
      return totals
    }
  }
}
