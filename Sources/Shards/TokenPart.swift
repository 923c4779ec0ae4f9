import Bytes
import Streams

/// The files of a token part: the tokenised documents of one text part.
///
/// `tokens.bin` holds the tokens of all documents, one after another, as bare little-endian
/// integers of two or four bytes; `documents.bin` a `TokenisedDocument` each; `ids.bin` their ids;
/// `edits.bin` what filters have changed of their texts, as the caller has coded it.
/// They are not compressed: the shuffle reads documents at random, and rows are compressed once,
/// when they are written.
public enum TokenPart {
  /// The tokens.
  public static let tokensFile = "tokens.bin"
  /// The documents.
  public static let documentsFile = "documents.bin"
  /// The documents' ids.
  public static let idsFile = "ids.bin"
  /// The documents' edits.
  public static let editsFile = "edits.bin"
}

/// Writes a token part, batch by batch.
public struct TokenPartWriter: ~Copyable {
  private let width: Int
  private var tokensFile: OutputFile
  private var documentsFile: OutputFile
  private var idsFile: OutputFile
  private var editsFile: OutputFile
  /// Documents written so far.
  public private(set) var documents: UInt64 = 0
  /// Tokens written so far.
  public private(set) var tokens: UInt64 = 0

  /// Creates the files of a token part.
  ///
  /// - Parameters:
  ///   - folder: An existing folder.
  ///   - width: The bytes of a token, 2 or 4.
  /// - Throws: `io` when a file cannot be made.
  public init(folder: String, width: Int) throws(CuveeError) {
    let tokensFile = try OutputFile(path: folder + "/" + TokenPart.tokensFile)
    let documentsFile = try OutputFile(path: folder + "/" + TokenPart.documentsFile)
    let idsFile = try OutputFile(path: folder + "/" + TokenPart.idsFile)
    let editsFile = try OutputFile(path: folder + "/" + TokenPart.editsFile)
    self.width = width
    self.tokensFile = tokensFile
    self.documentsFile = documentsFile
    self.idsFile = idsFile
    self.editsFile = editsFile
  }

  /// Appends documents, whose tokens are to follow with `append(tokens:)`.
  ///
  /// - Parameters:
  ///   - documents: The documents; `tokenStart`, `idStart` and `editStart` count from the batch's
  ///     own start.
  ///   - ids: The ids of all documents.
  ///   - edits: The edits of all documents.
  /// - Throws: `io` when a write fails.
  public mutating func append(
    documents: [TokenisedDocument], ids: Span<UInt8>, edits: Span<UInt8>
  ) throws(CuveeError) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(documents.count * TokenisedDocument.size)
    for document in documents {
      var document = document
      document.tokenStart += tokens
      document.idStart += idsFile.bytesWritten
      document.editStart += editsFile.bytesWritten
      document.append(to: &bytes)
    }
    try documentsFile.write(bytes.span)
    try idsFile.write(ids)
    try editsFile.write(edits)
    self.documents += UInt64(documents.count)
  }

  /// Appends tokens, as bytes, of the documents that were appended last; all or some of them.
  ///
  /// - Throws: `io` when the write fails.
  public mutating func append(tokens: Span<UInt8>) throws(CuveeError) {
    try tokensFile.write(tokens)
    self.tokens += UInt64(tokens.count / width)
  }

  /// Closes the files.
  ///
  /// - Throws: `io` when a write fails.
  public mutating func finish() throws(CuveeError) {
    try tokensFile.finish()
    try documentsFile.finish()
    try idsFile.finish()
    try editsFile.finish()
  }
}

/// Reads a token part at random.
public struct TokenPartReader: ~Copyable, Sendable {
  private let width: UInt64
  private let tokensFile: RandomAccessFile
  private let documentsFile: RandomAccessFile
  private let idsFile: RandomAccessFile
  private let editsFile: RandomAccessFile

  /// Opens the files of a token part.
  ///
  /// - Throws: `io` or `missingInput` when a file cannot be opened.
  public init(folder: String, width: Int) throws(CuveeError) {
    let tokensFile = try RandomAccessFile(path: folder + "/" + TokenPart.tokensFile)
    let documentsFile = try RandomAccessFile(path: folder + "/" + TokenPart.documentsFile)
    let idsFile = try RandomAccessFile(path: folder + "/" + TokenPart.idsFile)
    let editsFile = try RandomAccessFile(path: folder + "/" + TokenPart.editsFile)
    self.width = UInt64(width)
    self.tokensFile = tokensFile
    self.documentsFile = documentsFile
    self.idsFile = idsFile
    self.editsFile = editsFile
  }

  /// The number of documents.
  public var documents: Int { Int(documentsFile.size) / TokenisedDocument.size }

  /// Documents of a range.
  public func documents(_ range: Range<Int>) throws(CuveeError) -> [TokenisedDocument] {
    var bytes: [UInt8] = []
    try documentsFile.read(
      at: UInt64(range.lowerBound * TokenisedDocument.size),
      count: range.count * TokenisedDocument.size, appendingTo: &bytes)
    return range.indices.map {
      TokenisedDocument(bytes.span, at: ($0 - range.lowerBound) * TokenisedDocument.size)
    }
  }

  /// Appends the bytes of a run of tokens.
  public func appendTokens(
    from start: UInt64, count: Int, to output: inout [UInt8]
  ) throws(CuveeError) {
    // A start beyond the file is refused by the read, so it must not wrap around before.
    let (offset, overflow) = start.multipliedReportingOverflow(by: width)
    try tokensFile.read(
      at: overflow ? .max : offset, count: count * Int(width), appendingTo: &output)
  }

  /// The id of a document.
  public func id(of document: TokenisedDocument) throws(CuveeError) -> [UInt8] {
    var id: [UInt8] = []
    try idsFile.read(at: document.idStart, count: Int(document.idBytes), appendingTo: &id)
    return id
  }

  /// The edits of a document, as they were given to the writer.
  public func edits(of document: TokenisedDocument) throws(CuveeError) -> [UInt8] {
    var edits: [UInt8] = []
    if document.editBytes > 0 {
      try editsFile.read(
        at: document.editStart, count: Int(document.editBytes), appendingTo: &edits)
    }
    return edits
  }
}
