import Bytes

/// New texts for the documents of a batch, made of stretches of the old ones.
///
/// Documents come in their order, and the stretches of a document in theirs. The edits are kept
/// against the text that was read first, through any number of rewrites. Reused from batch to batch.
public struct TextRewrite: Sendable {
  var text: [UInt8] = []
  var textEnds: [Int] = []
  var edits = EditList()

  /// The place in the original text up to which everything is either taken over or edited.
  private var source = 0
  /// Where the replacement begins that belongs to the next edit.
  private var pending = 0
  /// The edits of earlier rewrites that lie before the place reached, and where the text after the
  /// last of them begins: in the document's present text and in its original one.
  private var earlier = 0
  private var present = 0
  private var original = 0

  /// Creates a rewrite without documents.
  public init() {}

  /// The number of documents that are finished.
  public var count: Int { textEnds.count }

  /// The bytes of the next document's text so far.
  public var unfinishedBytes: Int { text.count - (textEnds.last ?? 0) }

  /// Takes over a stretch of the next document's text, which lies after those taken before.
  ///
  /// - Parameters:
  ///   - range: The stretch, in bytes of `batch.text`.
  ///   - batch: The batch that is rewritten.
  public mutating func copy(_ range: Range<Int>, of batch: borrowing DocumentBatch) {
    text.append(batch.text.span.extracting(range))
    let start = batch.textRange(count).lowerBound
    trace((range.lowerBound - start)..<(range.upperBound - start), batch.edits)
  }

  /// Puts bytes of valid UTF-8 into the next document's text.
  public mutating func insert(_ bytes: Span<UInt8>) {
    text.append(bytes)
    edits.replacements.append(bytes)
  }

  /// Finishes the next document; what was not taken over is cut.
  public mutating func endDocument(of batch: borrowing DocumentBatch) {
    var length = batch.textRange(count).count
    for edit in batch.edits.edits[batch.edits.range(of: count)] {
      length += edit.length - edit.replacement.count
    }
    addEdit(upTo: length)
    textEnds.append(text.count)
    edits.ends.append(edits.edits.count)
    source = 0
    earlier = 0
    present = 0
    original = 0
  }

  /// Takes over the next document as it is.
  public mutating func keepDocument(of batch: borrowing DocumentBatch) {
    copy(batch.textRange(count), of: batch)
    endDocument(of: batch)
  }

  /// Empties the rewrite and keeps its memory.
  public mutating func removeAll() {
    text.removeAll(keepingCapacity: true)
    textEnds.removeAll(keepingCapacity: true)
    edits.removeAll()
    pending = 0
  }

  /// Finds what a stretch of the present text is in the original one.
  private mutating func trace(_ range: Range<Int>, _ list: EditList) {
    let old = list.range(of: count)
    var position = range.lowerBound
    while position < range.upperBound {
      guard earlier < old.count else {
        takeOriginal(from: original + position - present, count: range.upperBound - position)
        return
      }
      let edit = list.edits[old.lowerBound + earlier]
      let runEnd = present + edit.offset - original
      if position < runEnd {
        let end = min(range.upperBound, runEnd)
        takeOriginal(from: original + position - present, count: end - position)
        position = end
      } else if position < runEnd + edit.replacement.count {
        let end = min(range.upperBound, runEnd + edit.replacement.count)
        let first = edit.replacement.lowerBound - runEnd
        edits.replacements.append(
          list.replacements.span.extracting((first + position)..<(first + end)))
        position = end
      } else {
        present = runEnd + edit.replacement.count
        original = edit.offset + edit.length
        earlier += 1
      }
    }
  }

  private mutating func takeOriginal(from offset: Int, count: Int) {
    addEdit(upTo: offset)
    source = offset + count
  }

  /// Ends the edit before an offset of the original text, if there is one.
  private mutating func addEdit(upTo offset: Int) {
    let replacement = pending..<edits.replacements.count
    if source < offset || !replacement.isEmpty {
      edits.edits.append(
        Edit(offset: source, length: offset - source, replacement: replacement))
      pending = replacement.upperBound
    }
  }
}
