import Bytes
import Documents
import Filters

/// A document that was dropped, or a line that was cut, as the audit shows it.
struct AuditSample: Sendable {
  /// Decides whether it is in the sample: the smallest are.
  var order: UInt64
  /// The entry, in the source's account, of the step.
  var entry: Int
  /// The ordinal of its file in the input part.
  var file: UInt32
  /// The rest of its line of JSON: all but what depends on the run.
  var json: [UInt8]
  /// What a barrier has removed: the document's ordinal in the text part, and the line; nil for what
  /// a rule has done.
  var removed: Place?

  /// A document of a text part, or a line of it.
  struct Place: Sendable, Equatable, Hashable {
    var document: UInt32
    var piece: UInt32
  }

  /// The samples kept of each step.
  static let kept = 20
  /// The bytes of text shown of a sample, more or less.
  static let excerptBytes = 1000

  /// Orders samples; the first ones are kept.
  static func < (a: AuditSample, b: AuditSample) -> Bool {
    if a.order != b.order { return a.order < b.order }
    return a.file != b.file ? a.file < b.file : a.json.lexicographicallyPrecedes(b.json)
  }

  /// Where a sample of a text stands in the order: it depends on the text and its place in the
  /// input alone, so that it is the same whatever the parts, the workers and the names of files.
  static func order(_ text: Span<UInt8>, record: UInt64, offset: Int) -> UInt64 {
    StableHash.mix(seed: StableHash.xxh3(text), record, UInt64(offset))
  }
}

extension AuditSample {
  /// Takes a document, or a line of it, out of a batch.
  ///
  /// - Parameters:
  ///   - document: The document's index in the batch.
  ///   - line: Where the line is in the batch's text; nil for the whole document.
  ///   - batch: The batch.
  ///   - entry: The entry of the step.
  ///   - order: Its place in the order.
  ///   - measure: What the rule has measured.
  ///   - found: What it has found, where it looks for several things.
  ///   - removed: What a barrier has removed.
  init(
    _ document: Int, line: Range<Int>?, of batch: borrowing DocumentBatch, entry: Int,
    order: UInt64, _ measure: Measure?, found: String?, removed: Place?
  ) {
    let origin = batch.origins[document]
    let range = line ?? batch.textRange(document)
    var end = min(range.upperBound, range.lowerBound + Self.excerptBytes)
    while end < range.upperBound, batch.text[end] & 0xC0 == 0x80 { end -= 1 }
    var json = Array("\"record\":\(origin.record),\"offset\":\(origin.byteOffset),\"id\":".utf8)
    JSONText.appendString(batch.ids.span.extracting(batch.idRange(document)), to: &json)
    json += Array(",\"kind\":\"\(line == nil ? "document" : "line")\"".utf8)
    if let figures = measure.map({ FilteredDocument.Figures($0) }) {
      json += Array(",\"value\":\(figures.value),\"threshold\":\(figures.threshold)".utf8)
    }
    if let found {
      json += Array(",\"found\":".utf8)
      let bytes = Array(found.utf8)
      JSONText.appendString(bytes.span, to: &json)
    }
    json += Array(",\"bytes\":\(range.count),\"text\":".utf8)
    JSONText.appendString(batch.text.span.extracting(range.lowerBound..<end), to: &json)
    self.init(
      order: order, entry: entry, file: origin.file, json: json,
      removed: removed)
  }
}
