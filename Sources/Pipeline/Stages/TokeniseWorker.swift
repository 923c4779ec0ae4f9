import Bytes
import Declarations
import Documents
import Shards
import Tokenizers

/// One worker of tokenise.
struct TokeniseWorker {
  private let width: Int
  /// What begins each document, and what ends it.
  private let beginning: [UInt32]
  private let end: [UInt32]
  private var marks: MarkApplier
  private let samples: SampleCollector
  private let entries: Int
  /// Where tokens lie that are too many for memory, until they are written.
  private let scratchFolder: String
  /// The bytes of text above which that is done.
  private let huge: Int
  private let encoder: any TokenEncoder
  private let special: SpecialTokenCounter
  private let decoder = TextFrameDecoder()
  private var text: [UInt8] = []
  private var textEnds: [Int] = []
  private var ids: [UInt32] = []
  private var idEnds: [Int] = []

  init(
    tokenizer: LoadedTokenizer, specialTokens: SpecialTokenHandling, width: Int, marks: MarkApplier,
    entries: Int, scratchFolder: String, huge: Int = EncodedTexts.hugeText
  ) {
    self.huge = huge
    self.scratchFolder = scratchFolder
    self.width = width
    beginning = tokenizer.beginningOfDocument.map { [$0] } ?? []
    end = tokenizer.endOfDocument.map { [$0] } ?? []
    self.marks = marks
    self.entries = entries
    samples = SampleCollector(entries: entries, firstRule: 0)
    encoder = tokenizer.tokenizer.makeEncoder(specialTokens: specialTokens)
    special = SpecialTokenCounter(tokenizer.tokenizer)
  }

  mutating func process(_ frame: TextFrame) throws(CuveeError) -> TokenisedBatch {
    try decoder.decode(frame)
    var batch = TokenisedBatch()
    batch.storedBytes = decoder.documents.text.count
    batch.steps = .empty(entries)
    marks.apply(
      to: &decoder.documents, firstDocument: frame.firstDocument, steps: &batch.steps,
      samples: samples)
    batch.samples = samples.take()
    collect(frame, into: &batch)
    if text.count > huge {
      try encodeHuge(&batch)
    } else {
      batch.specialTokens = special.count(in: text.span, ends: textEnds)
      encode(&batch)
    }
    return batch
  }

  private mutating func encode(_ batch: inout TokenisedBatch) {
    var ids = [UInt32]()
    var idEnds = [Int]()
    swap(&ids, &self.ids)
    swap(&idEnds, &self.idEnds)
    ids.removeAll(keepingCapacity: true)
    idEnds.removeAll(keepingCapacity: true)
    encoder.encodeBatch(text: text.span, ends: textEnds, into: &ids, idEnds: &idEnds)
    var tokens: [UInt8] = []
    tokens.reserveCapacity((ids.count + 2 * idEnds.count) * width)
    var start = 0
    for index in batch.documents.indices {
      batch.documents[index].tokenStart = UInt64(tokens.count / width)
      tokens.appendLittleEndian(beginning.span, width: width)
      tokens.appendLittleEndian(ids.span.extracting(start..<idEnds[index]), width: width)
      start = idEnds[index]
      tokens.appendLittleEndian(end.span, width: width)
      batch.documents[index].tokens = UInt32(
        UInt64(tokens.count / width) - batch.documents[index].tokenStart)
    }
    batch.tokens = [.bytes(tokens)]
    swap(&ids, &self.ids)
    swap(&idEnds, &self.idEnds)
  }

  /// Encodes documents of which one at least is huge, each by itself: their ids do not stay in memory,
  /// nor their text where the encoder can do without.
  private mutating func encodeHuge(_ batch: inout TokenisedBatch) throws(CuveeError) {
    var text: [UInt8] = []
    swap(&text, &self.text)
    batch.specialTokens = special.count(in: text.span, ends: textEnds)
    var tokens: UInt64 = 0
    var start = 0
    for index in batch.documents.indices {
      let end = textEnds[index]
      let encoded: EncodedTexts
      if batch.documents.count == 1, encoder.letsTextsGo {
        var given: [UInt8] = []
        swap(&given, &text)
        encoded = try EncodedTexts(
          givenAway: consume given, encoder, scratchFolder: scratchFolder)
      } else {
        encoded = try EncodedTexts(
          text.span.extracting(start..<end), ends: [end - start], encoder,
          scratchFolder: scratchFolder, huge: huge)
      }
      start = end
      let count = beginning.count + (encoded.ends.last ?? 0) + self.end.count
      batch.documents[index].tokenStart = tokens
      batch.documents[index].tokens = UInt32(count)
      batch.tokens += [
        TokenStretch(.inMemory(beginning), width: width),
        TokenStretch(encoded.ids, width: width),
        TokenStretch(.inMemory(self.end), width: width),
      ]
      tokens += UInt64(count)
    }
  }

  /// Gathers the documents that are left, with their records.
  private mutating func collect(_ frame: TextFrame, into batch: inout TokenisedBatch) {
    text.removeAll(keepingCapacity: true)
    textEnds.removeAll(keepingCapacity: true)
    let keepsAll =
      decoder.documents.text.count > huge
      && decoder.documents.verdicts.allSatisfy { $0 == .keep }
    let frameText = decoder.documents.text
    let frameIDs = decoder.documents.ids
    for index in 0..<decoder.documents.count where decoder.documents.verdicts[index] == .keep {
      let ordinal = frame.firstDocument + UInt32(index)
      let range = decoder.documents.textRange(index)
      batch.kept.add(bytes: range.count)
      let idRange = decoder.documents.idRange(index)
      let origin = decoder.documents.origins[index]
      var document = TokenisedDocument()
      document.file = origin.file
      document.record = origin.record
      document.byteOffset = origin.byteOffset
      document.textHash = StableHash.xxh128(frameText.span.extracting(range))
      document.idStart = UInt64(batch.ids.count)
      document.idBytes = UInt32(idRange.count)
      document.ordinal = ordinal
      document.editStart = UInt64(batch.edits.count)
      EditCode.append(of: index, decoder.documents.edits, to: &batch.edits)
      document.editBytes = UInt32(UInt64(batch.edits.count) - document.editStart)
      batch.documents.append(document)
      batch.ids.append(frameIDs.span.extracting(idRange))
      textEnds.append((textEnds.last ?? 0) + range.count)
      if !keepsAll { text.append(frameText.span.extracting(range)) }
    }
    // A huge text is not copied where it is all that there is.
    if keepsAll { text = decoder.documents.giveTextAway() }
    if text.count > huge { _ = decoder.documents.giveTextAway() }
  }
}
