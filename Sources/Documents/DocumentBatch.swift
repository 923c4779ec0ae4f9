import Bytes

/// About 1 MiB of documents: the unit that moves between stages.
///
/// An arena of UTF-8 text with the end of each document, its id, its origin and its verdict.
/// Stages mark documents and never move them. Batches are recycled with `removeAll()`.
public struct DocumentBatch: ~Copyable, Sendable {
  /// The texts of all documents, one after another, valid UTF-8.
  public private(set) var text: [UInt8] = []
  /// The end of each document's text in `text`.
  public private(set) var textEnds: [Int] = []
  /// The ids of all documents, one after another, valid UTF-8.
  public private(set) var ids: [UInt8] = []
  /// The end of each document's id in `ids`.
  public private(set) var idEnds: [Int] = []
  /// The URL of each document, where its source has URLs and a step asks for them.
  public private(set) var urls = TextColumn()
  /// The time of each document as its source writes it, where a step asks for it.
  public private(set) var timestamps = TextColumn()
  /// The origin of each document.
  public private(set) var origins: [Origin] = []
  /// The verdict of each document.
  public var verdicts: [Verdict] = []
  /// Records that gave no document, with their reasons.
  public var badRecords: [BadRecord] = []
  /// How texts that were rewritten came from those that were read.
  public var edits = EditList()

  /// Creates an empty batch.
  public init() {}

  /// The number of documents.
  public var count: Int { textEnds.count }

  /// The range of a document's text in `text`.
  public func textRange(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : textEnds[index - 1])..<textEnds[index]
  }

  /// The range of a document's id in `ids`.
  public func idRange(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : idEnds[index - 1])..<idEnds[index]
  }

  /// Appends a document that is kept for now.
  ///
  /// - Parameters:
  ///   - text: The document's text, valid UTF-8.
  ///   - id: The document's id, valid UTF-8.
  ///   - origin: Where it comes from.
  public mutating func append(text: Span<UInt8>, id: Span<UInt8>, origin: Origin) {
    self.text.append(text)
    ids.append(id)
    endDocument(origin: origin)
  }

  /// Appends to the text of a document that is being built in place; `endDocument` closes it.
  public mutating func appendText(_ piece: Span<UInt8>) { text.append(piece) }

  /// Appends to the id of a document that is being built in place; `endDocument` closes it.
  public mutating func appendID(_ piece: Span<UInt8>) { ids.append(piece) }

  /// Appends to the URL of a document that is being built in place; `endDocument` closes it.
  public mutating func appendURL(_ piece: Span<UInt8>) { urls.append(piece) }

  /// Appends to the time of a document that is being built in place; `endDocument` closes it.
  public mutating func appendTimestamp(_ piece: Span<UInt8>) { timestamps.append(piece) }

  /// Closes the document that `appendText`, `appendID` and the like have built.
  public mutating func endDocument(origin: Origin) {
    textEnds.append(text.count)
    idEnds.append(ids.count)
    urls.endDocument()
    timestamps.endDocument()
    origins.append(origin)
    verdicts.append(.keep)
  }

  /// Throws away what was added since the last `endDocument`.
  public mutating func abandonDocument() {
    text.removeSubrange((textEnds.last ?? 0)...)
    ids.removeSubrange((idEnds.last ?? 0)...)
    urls.abandonDocument()
    timestamps.abandonDocument()
  }

  /// The capacity in bytes above which an emptied batch gives the memory of its texts back.
  private static let largestKept = 16 << 20

  /// Empties the batch and keeps its memory, unless a huge document made it large.
  public mutating func removeAll() {
    text.removeAll(keepingCapacity: text.capacity <= Self.largestKept)
    textEnds.removeAll(keepingCapacity: true)
    ids.removeAll(keepingCapacity: true)
    idEnds.removeAll(keepingCapacity: true)
    urls.removeAll()
    timestamps.removeAll()
    origins.removeAll(keepingCapacity: true)
    verdicts.removeAll(keepingCapacity: true)
    badRecords.removeAll(keepingCapacity: true)
    edits.removeAll()
  }

  /// Fills an empty batch with columns: the bytes of all documents, and the end of each.
  mutating func fill(
    origins: [Origin], text: (bytes: Span<UInt8>, ends: [Int]),
    ids: (bytes: Span<UInt8>, ends: [Int]), urls: (bytes: Span<UInt8>, ends: [Int]),
    timestamps: (bytes: Span<UInt8>, ends: [Int]), edits: EditList
  ) {
    self.text.append(text.bytes)
    textEnds = text.ends
    self.ids.append(ids.bytes)
    idEnds = ids.ends
    self.urls.fill(urls.bytes, urls.ends, documents: origins.count)
    self.timestamps.fill(timestamps.bytes, timestamps.ends, documents: origins.count)
    self.origins = origins
    verdicts.append(contentsOf: repeatElement(.keep, count: origins.count))
    self.edits = edits
  }

  /// Gives the texts of all documents away; their ends stay. Then only `removeAll()` may follow.
  public mutating func giveTextAway() -> [UInt8] {
    var given: [UInt8] = []
    swap(&given, &text)
    return given
  }

  /// Exchanges the texts with others, as many.
  mutating func swapTexts(_ text: inout [UInt8], _ ends: inout [Int]) {
    swap(&self.text, &text)
    swap(&textEnds, &ends)
  }
}
