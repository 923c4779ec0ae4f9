import Bytes

/// The documents of a batch that are kept, as one stage leaves them for the next: columns, so that
/// writing and reading are copies and nothing is parsed.
///
/// Little-endian: documents u32, columns u32 (1 URLs, 2 timestamps, 4 edits); then, an entry a
/// document, its file u32, record u64, byte offset u64, the ends of its id and its text u32 and,
/// where the batch has them, of its URL, its timestamp and its edits u32; for each edit its offset
/// u32, length u32 and the end of its replacement u32; then the bytes of the ids, URLs,
/// timestamps, replacements and texts, each one after another.
public enum StoredBatch {
  private enum Columns {
    static let urls: UInt32 = 1
    static let timestamps: UInt32 = 2
    static let edits: UInt32 = 4
    static let all: UInt32 = 7
  }

  /// Appends the kept documents of a batch.
  ///
  /// - Returns: The documents, and the bytes of their texts.
  /// - Throws: `failed` when they hold more than 4 GiB.
  public static func append(
    _ batch: borrowing DocumentBatch, to output: inout [UInt8]
  ) throws(CuveeError) -> (documents: Int, textBytes: Int) {
    let kept = (0..<batch.count).filter { batch.verdicts[$0] == .keep }
    let hasEdits = batch.edits.edits.count > 0
    var columns: UInt32 = 0
    if !batch.urls.bytes.isEmpty { columns |= Columns.urls }
    if !batch.timestamps.bytes.isEmpty { columns |= Columns.timestamps }
    if hasEdits { columns |= Columns.edits }
    guard batch.text.count + batch.ids.count < UInt32.max else {
      throw .failed("a batch of documents holds more than 4 GiB")
    }
    output.reserveCapacity(output.count + batch.text.count + batch.ids.count + kept.count * 40)
    output.appendLittleEndian(UInt32(kept.count))
    output.appendLittleEndian(columns)
    for index in kept { output.appendLittleEndian(batch.origins[index].file) }
    for index in kept { output.appendLittleEndian(batch.origins[index].record) }
    for index in kept { output.appendLittleEndian(batch.origins[index].byteOffset) }
    appendEnds(kept.map { batch.idRange($0).count }, to: &output)
    appendEnds(kept.map { batch.textRange($0).count }, to: &output)
    if columns & Columns.urls != 0 {
      appendEnds(kept.map { batch.urls.range($0).count }, to: &output)
    }
    if columns & Columns.timestamps != 0 {
      appendEnds(kept.map { batch.timestamps.range($0).count }, to: &output)
    }
    if hasEdits { appendEdits(of: kept, batch.edits, to: &output) }
    appendBytes(batch.ids.span, kept.map { batch.idRange($0) }, to: &output)
    if columns & Columns.urls != 0 {
      appendBytes(batch.urls.bytes.span, kept.map { batch.urls.range($0) }, to: &output)
    }
    if columns & Columns.timestamps != 0 {
      appendBytes(batch.timestamps.bytes.span, kept.map { batch.timestamps.range($0) }, to: &output)
    }
    if hasEdits {
      for index in kept {
        for edit in batch.edits.edits[batch.edits.range(of: index)] {
          output.append(batch.edits.replacements.span.extracting(edit.replacement))
        }
      }
    }
    let before = output.count
    appendBytes(batch.text.span, kept.map { batch.textRange($0) }, to: &output)
    return (kept.count, output.count - before)
  }

  private static func appendEnds(_ lengths: [Int], to output: inout [UInt8]) {
    var end: UInt32 = 0
    for length in lengths {
      end += UInt32(length)
      output.appendLittleEndian(end)
    }
  }

  private static func appendEdits(
    of kept: [Int], _ list: EditList, to output: inout [UInt8]
  ) {
    appendEnds(kept.map { list.range(of: $0).count }, to: &output)
    var end: UInt32 = 0
    for index in kept {
      for edit in list.edits[list.range(of: index)] {
        end += UInt32(edit.replacement.count)
        output.appendLittleEndian(UInt32(edit.offset))
        output.appendLittleEndian(UInt32(edit.length))
        output.appendLittleEndian(end)
      }
    }
  }

  /// Appends ranges of bytes; neighbours are copied at once.
  private static func appendBytes(
    _ bytes: Span<UInt8>, _ ranges: [Range<Int>], to output: inout [UInt8]
  ) {
    var run = 0..<0
    for range in ranges {
      if range.lowerBound != run.upperBound {
        output.append(bytes.extracting(run))
        run = range
      } else {
        run = run.lowerBound..<range.upperBound
      }
    }
    output.append(bytes.extracting(run))
  }

  /// Replaces the documents of a batch by those that `append` has written.
  ///
  /// - Throws: `badData` where the bytes are not whole columns; the batch is then empty.
  public static func read(
    _ bytes: Span<UInt8>, into batch: inout DocumentBatch
  ) throws(CuveeError) {
    batch.removeAll()
    guard fill(&batch, bytes) else {
      batch.removeAll()
      throw .badData("stored documents are damaged")
    }
  }

  /// False where the bytes are not whole columns.
  private static func fill(_ batch: inout DocumentBatch, _ bytes: Span<UInt8>) -> Bool {
    var reader = ColumnReader(bytes)
    guard let count = reader.number().map(Int.init), let columns = reader.number(),
      columns & ~Columns.all == 0, count <= bytes.count / 28,
      let files = reader.take(count * 4), let records = reader.take(count * 8),
      let offsets = reader.take(count * 8), let idEnds = reader.ends(count),
      let textEnds = reader.ends(count)
    else { return false }
    var urlEnds: [Int] = []
    var timestampEnds: [Int] = []
    var edits = EditList()
    if columns & Columns.urls != 0 {
      guard let ends = reader.ends(count) else { return false }
      urlEnds = ends
    }
    if columns & Columns.timestamps != 0 {
      guard let ends = reader.ends(count) else { return false }
      timestampEnds = ends
    }
    if columns & Columns.edits != 0 {
      guard let ends = reader.ends(count), reader.edits(ends, into: &edits) else {
        return false
      }
    }
    guard let ids = reader.take(idEnds.last ?? 0), let urls = reader.take(urlEnds.last ?? 0),
      let timestamps = reader.take(timestampEnds.last ?? 0),
      let replacements = reader.take(edits.edits.last?.replacement.upperBound ?? 0),
      let text = reader.take(textEnds.last ?? 0), reader.isAtEnd
    else { return false }
    edits.replacements.append(bytes.extracting(replacements))
    let origins = (0..<count).map { index in
      Origin(
        file: bytes.loadLittleEndian(UInt32.self, at: files.lowerBound + index * 4),
        record: bytes.loadLittleEndian(UInt64.self, at: records.lowerBound + index * 8),
        byteOffset: bytes.loadLittleEndian(UInt64.self, at: offsets.lowerBound + index * 8))
    }
    batch.fill(
      origins: origins, text: (bytes.extracting(text), textEnds),
      ids: (bytes.extracting(ids), idEnds), urls: (bytes.extracting(urls), urlEnds),
      timestamps: (bytes.extracting(timestamps), timestampEnds), edits: edits)
    return true
  }
}

/// Reads columns one after another; nil where the bytes end before.
private struct ColumnReader: ~Escapable {
  private let bytes: Span<UInt8>
  private var offset = 0

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func take(_ count: Int) -> Range<Int>? {
    guard count <= bytes.count - offset else { return nil }
    offset += count
    return offset - count..<offset
  }

  mutating func number() -> UInt32? {
    take(4).map { bytes.loadLittleEndian(UInt32.self, at: $0.lowerBound) }
  }

  /// Ends that never fall.
  mutating func ends(_ count: Int) -> [Int]? {
    guard let range = take(count * 4) else { return nil }
    var ends: [Int] = []
    ends.reserveCapacity(count)
    var last = 0
    for index in 0..<count {
      let end = Int(bytes.loadLittleEndian(UInt32.self, at: range.lowerBound + index * 4))
      guard end >= last else { return nil }
      ends.append(end)
      last = end
    }
    return ends
  }

  /// The edits of each document, which must be in order and not overlap.
  mutating func edits(_ ends: [Int], into list: inout EditList) -> Bool {
    guard let range = take((ends.last ?? 0) * 12) else { return false }
    list.ends = ends
    var replaced = 0
    var index = 0
    for end in ends {
      var position = 0
      while index < end {
        let place = range.lowerBound + index * 12
        let offset = Int(bytes.loadLittleEndian(UInt32.self, at: place))
        let length = Int(bytes.loadLittleEndian(UInt32.self, at: place + 4))
        let last = Int(bytes.loadLittleEndian(UInt32.self, at: place + 8))
        guard offset >= position, last >= replaced else { return false }
        list.edits.append(Edit(offset: offset, length: length, replacement: replaced..<last))
        position = offset + length
        replaced = last
        index += 1
      }
    }
    return true
  }
}
