import Bytes
import Documents
import Foundation
import Readers
import Testing

/// A folder of input files that goes away with the object.
final class ReadersTestFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "cuvee-readers-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes files `0.in`, `1.in`, ... and describes them as the files of a source.
  func files(_ contents: [[UInt8]], fileExtension: String = "in") throws -> [SourceFile] {
    try contents.enumerated().map { index, bytes in
      let file = "\(path)/\(index).\(fileExtension)"
      try Data(bytes).write(to: URL(fileURLWithPath: file))
      return SourceFile(
        path: file, displayPath: "data/\(index).\(fileExtension)", ordinal: UInt32(index))
    }
  }
}

/// A document as plain values.
struct PlainDocument: Equatable, CustomStringConvertible {
  var text: String
  var id: String
  var origin: Origin

  var description: String {
    "\(origin.file):\(origin.record)@\(origin.byteOffset) [\(id)] \(text)"
  }
}

/// What reading gave: documents, bad records and the ends of batches, as plain values.
struct Reading: Equatable {
  var documents: [PlainDocument] = []
  var badRecords: [BadRecord] = []
  var ends: [ReadPosition] = []

  var texts: [String] { documents.map(\.text) }
  var ids: [String] { documents.map(\.id) }

  mutating func append(_ batch: borrowing DocumentBatch) {
    for index in 0..<batch.count {
      documents.append(
        PlainDocument(
          text: String(decoding: batch.text[batch.textRange(index)], as: UTF8.self),
          id: String(decoding: batch.ids[batch.idRange(index)], as: UTF8.self),
          origin: batch.origins[index]))
    }
    badRecords += batch.badRecords
  }

  /// Reads files from a position to their end.
  static func of(
    _ files: [SourceFile], _ format: any RecordFormat, start: ReadPosition = .start,
    batchBytes: Int = 1 << 20, maximumRecordBytes: Int = 256 << 20
  ) throws -> Reading {
    var reading = Reading()
    var reader = RecordBatchReader(
      files: files, framing: format.framing, start: start, batchBytes: batchBytes,
      maximumRecordBytes: maximumRecordBytes)
    let parser = format.makeParser()
    var batch = RecordBatch()
    var documents = DocumentBatch()
    while try reader.next(into: &batch) {
      documents.removeAll()
      parser.parse(&batch, into: &documents)
      reading.append(documents)
      reading.ends.append(batch.end)
    }
    return reading
  }

  /// Reads contents as files of a format.
  static func of(
    _ contents: [[UInt8]], format: String = "jsonl", settings: ReaderSettings = ReaderSettings(),
    maximumRecordBytes: Int = 256 << 20
  ) throws -> Reading {
    let folder = try ReadersTestFolder()
    let type = try #require(RecordFormats.named(format))
    return try of(
      folder.files(contents), type.init(settings: settings),
      maximumRecordBytes: maximumRecordBytes)
  }

  /// Reads one text as a file of a format.
  static func of(
    _ content: String, format: String = "jsonl", settings: ReaderSettings = ReaderSettings()
  ) throws -> Reading {
    try of([Array(content.utf8)], format: format, settings: settings)
  }
}
