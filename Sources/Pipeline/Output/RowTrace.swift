import Bytes
import Declarations
import Documents
import Shards
import Tokenizers

/// Where every token of a row comes from.
public struct RowTrace: Sendable, Codable {
  /// A stretch of one document in the row.
  public struct Segment: Sendable, Codable {
    /// The source's name.
    public var source: String
    /// The document's id; its file and record where it has none.
    public var id: String
    /// The document's ordinal in its source.
    public var document: UInt64
    /// The input file.
    public var file: String
    /// The record's ordinal in the file, from 0.
    public var record: UInt64
    /// The offset of the record in the file's uncompressed bytes.
    public var byteOffset: UInt64
    /// The first token in the document.
    public var offsetInDocument: UInt32
    /// The first token in the row.
    public var offsetInRow: UInt32
    /// The number of tokens.
    public var length: UInt32
    /// The tokens of the whole document.
    public var documentTokens: UInt32
    /// The places of its text that filters have changed.
    public var edits: Int

    enum CodingKeys: String, CodingKey {
      case source, id, document, file, record
      case byteOffset = "byte_offset"
      case offsetInDocument = "offset_in_document"
      case offsetInRow = "offset_in_row"
      case length
      case documentTokens = "document_tokens"
      case edits
    }
  }

  /// The row's number in the whole output.
  public var row: UInt64
  /// The phase's name.
  public var phase: String
  /// The shard's file.
  public var shard: String
  /// The row's ordinal in the shard.
  public var rowInShard: Int
  /// The row's source.
  public var source: String
  /// The segments, which tile the row.
  public var segments: [Segment]
  /// The steps that the source's documents have passed.
  public var steps: [String]

  enum CodingKeys: String, CodingKey {
    case row, phase, shard
    case rowInShard = "row_in_shard"
    case source, segments, steps
  }

  /// Traces a row of an output.
  ///
  /// - Throws: `badData` where there is no such row or the output does not fit together.
  public init(_ output: OutputReader, row: UInt64) throws(CuveeError) {
    let place = try output.place(of: row)
    let phase = output.manifest.phases[place.phase]
    let inputs = try output.inputs()
    self.row = row
    self.phase = phase.name
    shard = phase.shards[place.shard].content.file
    rowInShard = place.row
    let rowSource = output.manifest.sources[try output.row(row).source]
    source = rowSource.name
    var steps: [String] = []
    for step in rowSource.steps.map(\.step) where !steps.contains(step) { steps.append(step) }
    self.steps = steps
    var segments: [Segment] = []
    for segment in try output.segments(of: row) {
      let document = try output.document(source: Int(segment.source), ordinal: segment.document)
      let file = inputs[Int(document.file)].path
      segments.append(
        Segment(
          source: output.manifest.sources[Int(segment.source)].name,
          id: document.id.isEmpty ? "\(file)#\(document.record)" : document.id,
          document: segment.document, file: file, record: document.record,
          byteOffset: document.byteOffset, offsetInDocument: segment.offsetInDocument,
          offsetInRow: segment.offsetInRow, length: segment.length,
          documentTokens: document.tokens, edits: EditCode.count(document.edits.span) ?? 0))
    }
    self.segments = segments
  }
}

/// Checks rows against their sources: the texts are read again and held against their hashes,
/// tokenised, and compared.
public struct TraceCheck: Sendable, Codable {
  /// The rows that were checked.
  public var rows = 0
  /// Their segments.
  public var segments = 0
  /// The distinct documents that were read again.
  public var documents = 0
  /// What does not agree; empty when all does.
  public var findings: [String] = []

  /// Checks random rows.
  ///
  /// - Parameters:
  ///   - output: The output.
  ///   - rows: The numbers of the rows.
  ///   - base: The folder that the inputs' relative paths mean.
  ///   - tokenizer: The tokenizer of the output.
  /// - Throws: `missingInput` or `badData` where a source cannot be read.
  public init(
    _ output: OutputReader, rows: [UInt64], base: String, tokenizer: LoadedTokenizer
  ) throws(CuveeError) {
    var wanted: [DocumentRecord] = []
    var places: [DocumentKey: [(row: UInt64, segment: SegmentRecord)]] = [:]
    for row in rows {
      for segment in try output.segments(of: row) {
        let document = try output.document(
          source: Int(segment.source), ordinal: segment.document)
        let key = DocumentKey(file: document.file, record: document.record)
        if places[key] == nil { wanted.append(document) }
        places[key, default: []].append((row, segment))
        segments += 1
      }
    }
    var rowTokens: [UInt64: [UInt32]] = [:]
    for row in rows.sorted() { rowTokens[row] = try output.row(row).tokens }
    self.rows = rowTokens.count
    let inputs = try output.inputs()
    let encoder = tokenizer.tokenizer.makeEncoder(
      specialTokens: SpecialTokenHandling(rawValue: output.manifest.tokenizer.specialTokens)
        ?? .ordinary)
    var ids: [UInt32] = []
    try SourceTexts(output, base: base).read(wanted) { (document, text) throws(CuveeError) in
      documents += 1
      if StableHash.xxh128(text.span) != document.textHash {
        findings.append(
          "record \(document.record) of \(inputs[Int(document.file)].path): its text is not the one "
            + "that was tokenised")
      }
      ids.removeAll(keepingCapacity: true)
      if let beginning = tokenizer.beginningOfDocument { ids.append(beginning) }
      encoder.encode(text.span, into: &ids)
      if let end = tokenizer.endOfDocument { ids.append(end) }
      let key = DocumentKey(file: document.file, record: document.record)
      for (row, segment) in places[key] ?? [] {
        let start = Int(segment.offsetInDocument)
        let rowStart = Int(segment.offsetInRow)
        let length = Int(segment.length)
        let tokens = rowTokens[row] ?? []
        guard start + length <= ids.count, rowStart + length <= tokens.count,
          ids[start..<start + length] == tokens[rowStart..<rowStart + length]
        else {
          findings.append(
            "row \(row): its tokens from \(rowStart) on are not those of record "
              + "\(document.record) of \(inputs[Int(document.file)].path)")
          continue
        }
      }
    }
  }

  private struct DocumentKey: Hashable {
    var file: UInt32
    var record: UInt64
  }
}
