import Bytes
import Documents
import Streams

/// Cuts one file into records.
///
/// Bytes are read straight into the batch; what was read beyond the batch's last record is
/// `pending` for the next one.
struct FileCursor: ~Copyable, Sendable {
  /// The offset in the file's uncompressed bytes of the first byte that no record has taken.
  private(set) var offset: UInt64
  /// The ordinal of the next record.
  private(set) var record: UInt64

  /// The uncompressed bytes that were read of the file, those that no record has taken included.
  var bytesRead: UInt64 { input.position }
  /// The bytes of the file as it lies on disk that this took.
  var fileBytesRead: UInt64 { input.fileOffset }

  private let file: SourceFile
  private let maximumRecordBytes: Int
  private var input: ByteInput
  private var pending: [UInt8]
  private var pendingStart = 0

  /// The bytes asked for where a batch is full but for the end of its last line.
  private static let readAhead = 64 << 10

  /// Opens a file at a position.
  init(
    _ file: SourceFile, at position: ReadPosition, framing: Framing, maximumRecordBytes: Int
  ) throws(CuveeError) {
    let range = framing == .lines ? file.range : nil
    var input = try ByteInput(path: file.path, displayPath: file.displayPath, range: range)
    var offset = range?.lowerBound ?? 0
    var record = framing == .lines ? file.firstRecord : 0
    if position.byteOffset > offset {
      try input.skip(to: position.byteOffset)
      offset = position.byteOffset
      record = position.record
    }
    var pending: [UInt8] = []
    if offset == 0 {
      pending = try FileCursor.beginning(of: &input)
      if pending == FileCursor.byteOrderMark {
        pending = []
        offset = 3
      }
    }
    self.file = file
    self.maximumRecordBytes = maximumRecordBytes
    self.input = input
    self.pending = pending
    self.offset = offset
    self.record = record
  }

  /// Cuts lines until they cover `budget` bytes of the file, or to its end.
  ///
  /// - Returns: Whether the file is at its end.
  mutating func cutLines(
    into batch: inout RecordBatch, covering budget: Int
  ) throws(CuveeError) -> Bool {
    let limit = offset + UInt64(budget)
    var lineStart = batch.bytes.count
    var scanned = lineStart
    var want = budget
    while true {
      while let end = LineEnd.find(in: batch.bytes.span, from: scanned) {
        takeLine(lineStart..<end, of: &batch)
        offset += UInt64(end + 1 - lineStart)
        lineStart = end + 1
        scanned = lineStart
        if offset >= limit {
          putBack(from: lineStart, of: &batch)
          return false
        }
      }
      scanned = batch.bytes.count
      // One byte more than the limit may be the CR of the line's end.
      if scanned - lineStart > maximumRecordBytes + 1 {
        guard let next = try skipLine(from: lineStart, of: &batch) else { return true }
        lineStart = next
        scanned = next
        if offset >= limit {
          putBack(from: lineStart, of: &batch)
          return false
        }
      } else if try read(into: &batch.bytes, atMost: want) == 0 {
        if lineStart < scanned { takeLine(lineStart..<scanned, of: &batch) }
        offset += UInt64(scanned - lineStart)
        return true
      }
      want = FileCursor.readAhead
    }
  }

  /// Takes the whole file as one record.
  ///
  /// - Returns: true: the file is at its end.
  mutating func takeFile(into batch: inout RecordBatch) throws(CuveeError) -> Bool {
    let start = batch.bytes.count
    var isTooLarge = false
    while try read(into: &batch.bytes, atMost: FileCursor.readAhead * 4) > 0 {
      isTooLarge = batch.bytes.count - start > maximumRecordBytes
      if isTooLarge { break }
    }
    let origin = Origin(file: file.ordinal, record: 0, byteOffset: offset)
    offset += UInt64(batch.bytes.count - start)
    if isTooLarge { batch.bytes.removeSubrange(start...) }
    append(origin, start..<batch.bytes.count, tooLarge: isTooLarge, to: &batch)
    return true
  }

  private mutating func takeLine(_ line: Range<Int>, of batch: inout RecordBatch) {
    let origin = Origin(file: file.ordinal, record: record, byteOffset: offset)
    record += 1
    var end = line.upperBound
    if end > line.lowerBound && batch.bytes[end - 1] == 0x0D { end -= 1 }
    var first = line.lowerBound
    while first < end,
      batch.bytes[first] == 0x20 || batch.bytes[first] == 0x09
        || batch.bytes[first] == 0x0D
    { first += 1 }
    if first == end { return }
    let tooLarge = end - line.lowerBound > maximumRecordBytes
    append(
      origin, line.lowerBound..<(tooLarge ? line.lowerBound : end), tooLarge: tooLarge, to: &batch)
  }

  /// Passes over a line that is too large, keeping none of it.
  ///
  /// - Returns: Where the next line starts in the batch's bytes, or nil at the end of the file.
  private mutating func skipLine(
    from start: Int, of batch: inout RecordBatch
  ) throws(CuveeError) -> Int? {
    let origin = Origin(file: file.ordinal, record: record, byteOffset: offset)
    record += 1
    append(origin, start..<start, tooLarge: true, to: &batch)
    while true {
      if let end = LineEnd.find(in: batch.bytes.span, from: start) {
        offset += UInt64(end + 1 - start)
        return end + 1
      }
      offset += UInt64(batch.bytes.count - start)
      batch.bytes.removeSubrange(start...)
      if try read(into: &batch.bytes, atMost: FileCursor.readAhead) == 0 { return nil }
    }
  }

  private func append(
    _ origin: Origin, _ range: Range<Int>, tooLarge: Bool, to batch: inout RecordBatch
  ) {
    batch.records.append(
      RecordBatch.Record(
        origin: origin, range: range, tooLarge: tooLarge, fileName: batch.fileNames.count - 1))
  }

  private mutating func read(
    into bytes: inout [UInt8], atMost count: Int
  ) throws(CuveeError) -> Int {
    let left = pending.count - pendingStart
    if left == 0 { return try input.read(into: &bytes, atMost: count) }
    let taken = min(left, count)
    bytes.append(pending.span, from: pendingStart, to: pendingStart + taken)
    pendingStart += taken
    return taken
  }

  /// Leaves the batch's bytes from an index on for the next batch.
  private mutating func putBack(from start: Int, of batch: inout RecordBatch) {
    let count = batch.bytes.count - start
    if pendingStart < pending.count {
      // Pending bytes are read before the file goes on, so these came from there just now.
      pendingStart -= count
    } else {
      pending.removeAll(keepingCapacity: true)
      pending.append(batch.bytes.span, from: start, to: batch.bytes.count)
      pendingStart = 0
    }
    batch.bytes.removeSubrange(start...)
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private static func beginning(of input: inout ByteInput) throws(CuveeError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < byteOrderMark.count {
      if try input.read(into: &bytes, atMost: byteOrderMark.count - bytes.count) == 0 { break }
    }
    return bytes
  }
}
