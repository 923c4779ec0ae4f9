import Bytes
import Documents
import Streams

/// Cuts a list of files into batches of records, in order and with bounded memory.
///
/// A batch ends with the first record that brings the bytes of the files it covers to
/// `batchBytes`, so that where it ends follows from where it starts, whatever the compression and
/// the sizes of reads. No more is held than a batch, one record and a read ahead.
public struct RecordBatchReader: ~Copyable, Sendable {
  private let files: [SourceFile]
  private let framing: Framing
  private let batchBytes: Int
  private let maximumRecordBytes: Int
  private var position: ReadPosition
  /// The uncompressed bytes that the batches so far cover.
  public private(set) var coveredBytes: UInt64 = 0
  /// The bytes read of the file read last: uncompressed, and as they lie on disk.
  public private(set) var read: (bytes: UInt64, fileBytes: UInt64) = (0, 0)
  private var cursor: FileCursor?

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - files: The files, in order.
  ///   - framing: How they are cut into records.
  ///   - start: Where to start: the beginning, or the `end` of a batch cut before.
  ///   - batchBytes: How many bytes of files a batch covers, but for its last record.
  ///   - maximumRecordBytes: The limit on records; the bytes of a larger one are not kept.
  public init(
    files: [SourceFile], framing: Framing, start: ReadPosition = .start,
    batchBytes: Int = 1 << 20, maximumRecordBytes: Int = 256 << 20
  ) {
    self.files = files
    self.framing = framing
    self.batchBytes = batchBytes
    self.maximumRecordBytes = maximumRecordBytes
    position = start
  }

  /// Cuts the next batch; the batch given is emptied first.
  ///
  /// - Returns: false where there is no record any more; the batch is empty then.
  /// - Throws: The error of a file that is missing, truncated or corrupt, with its path.
  public mutating func next(into batch: inout RecordBatch) throws(CuveeError) -> Bool {
    batch.recordLimit = maximumRecordBytes
    // A stretch of nothing but blank lines gives no record: go on until there is one.
    repeat {
      batch.removeAll()
      try cut(into: &batch)
    } while batch.records.isEmpty && position.file < files.count
    batch.end = position
    batch.bytes += RecordBatch.padding
    return !batch.records.isEmpty
  }

  /// Cuts the next batch, which has no record where there are only blank lines; so no more is read
  /// than a batch covers.
  ///
  /// - Returns: false at the end of all files.
  /// - Throws: As `next(into:)`.
  public mutating func nextBounded(into batch: inout RecordBatch) throws(CuveeError) -> Bool {
    batch.recordLimit = maximumRecordBytes
    batch.removeAll()
    let isAtEnd = position.file >= files.count
    if !isAtEnd { try cut(into: &batch) }
    batch.end = position
    batch.bytes += RecordBatch.padding
    return !isAtEnd
  }

  private mutating func cut(into batch: inout RecordBatch) throws(CuveeError) {
    var remaining = batchBytes
    while position.file < files.count && remaining > 0 {
      var cursor: FileCursor
      if let open = self.cursor.take() {
        cursor = open
      } else {
        cursor = try FileCursor(
          files[position.file], at: position, framing: framing,
          maximumRecordBytes: maximumRecordBytes)
      }
      batch.fileNames.append(files[position.file].name)
      let before = cursor.offset
      let isAtEnd: Bool
      switch framing {
      case .lines: isAtEnd = try cursor.cutLines(into: &batch, covering: remaining)
      case .wholeFile: isAtEnd = try cursor.takeFile(into: &batch)
      }
      remaining -= Int(cursor.offset - before)
      coveredBytes += cursor.offset - before
      read = (cursor.bytesRead, cursor.fileBytesRead)
      if isAtEnd {
        position = ReadPosition(file: position.file + 1, byteOffset: 0, record: 0)
      } else {
        position.byteOffset = cursor.offset
        position.record = cursor.record
        self.cursor = consume cursor
      }
    }
  }
}
