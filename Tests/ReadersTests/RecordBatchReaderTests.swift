import Bytes
import Documents
import Foundation
@testable import Readers
import Testing

@Suite("Batches of records")
struct RecordBatchReaderTests {
  /// Files of lines with everything that a cut can meet.
  private static let contents: [[UInt8]] = {
    var random = StableRandom(seed: 1, purpose: "readers-tests")
    var contents: [[UInt8]] = [[], Array("\u{FEFF}first\r\n\r\nsecond".utf8), Array("\n\n".utf8)]
    for _ in 0..<6 {
      var bytes: [UInt8] = []
      for _ in 0..<random.below(40) {
        switch random.below(8) {
        case 0: bytes += Array(" \t\r\n".utf8)
        case 1: bytes += [UInt8](repeating: 0x62, count: 400) + [0x0A]
        case 2: bytes.append(0x0A)
        default:
          bytes += [UInt8](repeating: 0x61, count: random.below(60))
          bytes += Array((random.below(2) == 0 ? "\n" : "\r\n").utf8)
        }
      }
      if random.below(2) == 0 { bytes += Array("no end".utf8) }
      contents.append(bytes)
    }
    return contents
  }()

  /// The documents by the plainest reading, as an independent check.
  private static func expected(_ contents: [[UInt8]], limit: Int) -> [PlainDocument] {
    var documents: [PlainDocument] = []
    for (file, bytes) in contents.enumerated() {
      var offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      for (record, line) in bytes[offset...].split(
        separator: 0x0A, omittingEmptySubsequences: false
      ).enumerated() {
        let text = line.last == 0x0D ? line.dropLast() : line
        if text.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) && text.count <= limit {
          documents.append(
            PlainDocument(
              text: String(decoding: text, as: UTF8.self), id: "",
              origin: Origin(
                file: UInt32(file), record: UInt64(record), byteOffset: UInt64(offset))))
        }
        offset += line.count + 1
      }
    }
    return documents
  }

  @Test(arguments: [1, 2, 3, 7, 50, 64, 100, 401, 1000, 5000, 1 << 20], [1 << 20, 399, 30])
  func anyBatchSizeGivesTheSameDocuments(batchBytes: Int, limit: Int) throws {
    let folder = try ReadersTestFolder()
    let files = try folder.files(Self.contents)
    let format = try LinesFormat(settings: ReaderSettings())
    let whole = try Reading.of(
      files, format, batchBytes: batchBytes, maximumRecordBytes: limit)
    #expect(whole.documents == Self.expected(Self.contents, limit: limit))
    #expect(
      whole.documents.count + whole.badRecords.count
        == Self.expected(Self.contents, limit: .max).count)
    #expect(whole.badRecords.allSatisfy { $0.reason == .tooLarge })
    // From the end of any batch the same batches follow; of many ends, some will do.
    let step = max(1, whole.ends.count / 12)
    for (index, end) in whole.ends.enumerated() where index % step == step / 2 {
      let rest = try Reading.of(
        files, format, start: end, batchBytes: batchBytes, maximumRecordBytes: limit)
      #expect(rest.ends == Array(whole.ends[(index + 1)...]))
      #expect(rest.documents == Array(whole.documents.suffix(rest.documents.count)))
      #expect(rest.badRecords == Array(whole.badRecords.suffix(rest.badRecords.count)))
    }
    #expect(whole.ends.last == ReadPosition(file: files.count, byteOffset: 0, record: 0))
  }

  /// A larger batch size may be used for what is left without a document lost or doubled.
  @Test func batchSizesMayChangeAtAnyPosition() throws {
    let folder = try ReadersTestFolder()
    let files = try folder.files(Self.contents)
    let format = try LinesFormat(settings: ReaderSettings())
    let expected = Self.expected(Self.contents, limit: .max)
    for end in try Reading.of(files, format, batchBytes: 100).ends {
      let rest = try Reading.of(files, format, start: end, batchBytes: 333)
      #expect(rest.documents == Array(expected.suffix(rest.documents.count)))
    }
  }

  @Test func smallFilesShareABatch() throws {
    let folder = try ReadersTestFolder()
    let files = try folder.files([[0x61], [0x62], [0x63], [0x64]], fileExtension: "txt")
    for (framing, bytes, counts) in [
      (Framing.wholeFile, 1 << 20, [4]), (.wholeFile, 2, [2, 2]), (.wholeFile, 1, [1, 1, 1, 1]),
      (.lines, 1 << 20, [4]), (.lines, 3, [3, 1]),
    ] {
      var reader = RecordBatchReader(files: files, framing: framing, batchBytes: bytes)
      var batch = RecordBatch()
      var found: [Int] = []
      while try reader.next(into: &batch) { found.append(batch.records.count) }
      #expect(found == counts)
      #expect(batch.records.isEmpty)
    }
  }

  @Test func rangesOfAFile() throws {
    let lines = String(repeating: String(repeating: "x", count: 999) + "\n", count: 200)
    try expectRangesToAgree(before: "\u{FEFF}zero\n\n" + lines, after: lines + "last")
  }

  @Test func rangesOfASmallFile() throws {
    try expectRangesToAgree(before: "\u{FEFF}zero\none\n\n", after: "three\nfour\n")
  }

  /// Reads a file whole and as two ranges, also from the end of any batch.
  private func expectRangesToAgree(before: String, after: String) throws {
    let folder = try ReadersTestFolder()
    let content = Array((before + after).utf8)
    var first = try folder.files([content])[0]
    var second = first
    first.range = 0..<UInt64(before.utf8.count)
    second.range = UInt64(before.utf8.count)..<UInt64(content.count)
    second.firstRecord = UInt64(before.utf8.count { $0 == 0x0A })
    let format = try LinesFormat(settings: ReaderSettings())
    for batchBytes in [6, 100_000, 1 << 20] {
      let left = try Reading.of([first], format, batchBytes: batchBytes)
      let right = try Reading.of([second], format, batchBytes: batchBytes)
      #expect(left.documents + right.documents == Self.expected([content], limit: .max))
      let both = try Reading.of([first, second], format, batchBytes: batchBytes)
      #expect(both.documents == left.documents + right.documents)
      for end in both.ends where both.ends.count < 10 {
        let rest = try Reading.of([first, second], format, start: end, batchBytes: batchBytes)
        #expect(rest.documents == Array(both.documents.suffix(rest.documents.count)))
      }
    }
  }

  @Test func aLineFarBeyondTheLimitIsPassedOver() throws {
    let folder = try ReadersTestFolder()
    let long = [UInt8](repeating: 0x78, count: 1_000_000)
    let content = Array("a\n".utf8) + long + Array("\nb\n".utf8) + long
    let files = try folder.files([content])
    var reader = RecordBatchReader(files: files, framing: .lines, maximumRecordBytes: 1000)
    var batch = RecordBatch()
    #expect(try reader.next(into: &batch))
    #expect(batch.records.map(\.tooLarge) == [false, true, false, true])
    #expect(batch.records.map(\.origin.byteOffset) == [0, 2, 1_000_003, 1_000_005])
    #expect(batch.records.map(\.range.count) == [1, 0, 1, 0])
  }

  @Test func theLimitItself() throws {
    for (content, tooLarge) in [
      ("1234567890", false), ("1234567890\r\n", false), ("12345678901\n", true),
      ("1234567890\r\rx\n", true), ("1234567890\r\r\n", true),
    ] {
      let folder = try ReadersTestFolder()
      let files = try folder.files([Array(content.utf8)])
      var reader = RecordBatchReader(files: files, framing: .lines, maximumRecordBytes: 10)
      var batch = RecordBatch()
      #expect(try reader.next(into: &batch))
      #expect(batch.records.map(\.tooLarge) == [tooLarge])
    }
  }

  @Test func missingFile() throws {
    let file = SourceFile(path: "/nonexistent/x.jsonl", displayPath: "data/x.jsonl", ordinal: 0)
    var reader = RecordBatchReader(files: [file], framing: .lines)
    var batch = RecordBatch()
    let error = #expect(throws: CuveeError.self) { _ = try reader.next(into: &batch) }
    #expect(error?.kind == .missingInput)
    #expect(error?.message.hasPrefix("data/x.jsonl") == true)
  }

  @Test func noFiles() throws {
    var reader = RecordBatchReader(files: [], framing: .lines)
    var batch = RecordBatch()
    #expect(try !reader.next(into: &batch))
    #expect(batch.end == .start)
  }
}
