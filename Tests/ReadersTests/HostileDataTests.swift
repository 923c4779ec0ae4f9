import Declarations
import Bytes
import Documents
import Foundation
import Readers
import Streams
import Testing

/// Files that were made to break readers: JSON, XML, HTML and zstd test suites, UTF-8 stress tests,
/// files broken on purpose.
@Suite("Hostile data", .enabled(if: RealData.folder != nil, RealData.hint))
struct HostileDataTests {
  /// Seconds that a file may take, in a debug build beside other tests; the address sanitizer may
  /// take longer.
  private static let patience =
    ProcessInfo.processInfo.environment["CUVEE_SANITIZED"] == nil ? 10.0 : 60.0

  /// What readings came to.
  private struct Counts {
    var readings = 0
    var documents = 0
    var bad = 0
    var refused = 0
    var slowest = (seconds: 0.0, file: "")
  }

  /// No file crashes or hangs a reader, and of every one the records are documents or bad records.
  @Test func everyRecordIsAccountedFor() throws {
    let folder = try #require(RealData.folder) + "/hostile"
    let scratch = try ReadersTestFolder()
    let formats = try RecordFormats.all.map { try $0.init(settings: ReaderSettings()) }
    var counts = [Counts](repeating: Counts(), count: formats.count)
    var files = 0
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
      let path = "\(folder)/\(name)"
      if try FileSystem.status(path)?.isDirectory != false { continue }
      files += 1
      for variant in try HostileVariant.all(of: path, scratch: scratch.path) {
        let lines = variant.content.map(lineCount)
        for (index, format) in formats.enumerated() {
          let records = lines.map { format.framing == .lines ? $0 : 1 }
          try check(variant, name, format, records: records, &counts[index])
        }
      }
    }
    for (format, counts) in zip(formats, counts) {
      print("\(files) hostile files as \(type(of: format).name): \(counts)")
    }
    #expect(files > 2000)
  }

  private func check(
    _ variant: HostileVariant, _ name: String, _ format: any RecordFormat, records: Int?,
    _ counts: inout Counts
  ) throws {
    let place: Comment = "\(name) (\(variant.kind)) as \(type(of: format).name)"
    let displayPath = variant.kind == "raw" ? "raw" : name
    let begin = Date()
    do {
      let reading = try read(variant.path, displayPath, format)
      #expect(reading.documents + reading.bad == records, place)
      counts.documents += reading.documents
      counts.bad += reading.bad
    } catch let error as CuveeError {
      #expect(records == nil && error.kind == .badData, place)
      #expect(error.message.hasPrefix("\(displayPath): "))
      counts.refused += 1
    }
    let seconds = Date().timeIntervalSince(begin)
    #expect(seconds < Self.patience, place)
    if seconds > counts.slowest.seconds { counts.slowest = (seconds, name) }
    counts.readings += 1
  }

  private func read(
    _ path: String, _ name: String, _ format: any RecordFormat
  ) throws -> (documents: Int, bad: Int) {
    var reader = RecordBatchReader(
      files: [SourceFile(path: path, displayPath: name, ordinal: 0)], framing: format.framing)
    let parser = format.makeParser()
    var batch = RecordBatch()
    var documents = DocumentBatch()
    var counts = (documents: 0, bad: 0)
    while try reader.next(into: &batch) {
      documents.removeAll()
      parser.parse(&batch, into: &documents)
      counts.documents += documents.count
      counts.bad += documents.badRecords.count
      let isText = String(validating: documents.text, as: UTF8.self) != nil
      #expect(isText && String(validating: documents.ids, as: UTF8.self) != nil, "\(name)")
    }
    return counts
  }

  /// Lines that are not blank, by the plainest reading.
  private func lineCount(_ content: [UInt8]) -> Int {
    var count = 0
    var isBlank = true
    for byte in content.dropFirst(content.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0) {
      if byte == 0x0A {
        count += isBlank ? 0 : 1
        isBlank = true
      } else if byte != 0x20 && byte != 0x09 && byte != 0x0D {
        isBlank = false
      }
    }
    return count + (isBlank ? 0 : 1)
  }

  /// The files of JSONTestSuite as records: `y_` is JSON, though no task, and `n_` is none.
  @Test func jsonTestSuite() throws {
    let folder = try #require(RealData.folder) + "/hostile/JSONTestSuite/test_parsing"
    for name in try FileSystem.list(folder) where !name.hasPrefix("i_") {
      let content = try FileSystem.readFile("\(folder)/\(name)")
      let task = try Reading.of([content], format: "natural-instructions")
      let reason = try #require(task.badRecords.first?.reason, "\(name)")
      #expect(task.badRecords.count == 1 && task.documents.isEmpty, "\(name)")
      // Numbers that are none count as null: see NonFiniteNumbers.
      let isOurs = ["[NaN]", "[Infinity]", "[-Infinity]"]
        .contains(String(decoding: content, as: UTF8.self))
      let isJSON = name.hasPrefix("y_") || isOurs
      let reasons: [BadRecord.Reason] =
        isJSON ? [.notAnObject, .missingField] : [.malformedJSON, .invalidUTF8]
      #expect(reasons.contains(reason), "\(name): \(reason)")
      if content.contains(0x0A) { continue }
      let line = try Reading.of([content])
      if content.contains(where: { $0 != 0x20 }) && content != [0xEF, 0xBB, 0xBF] {
        #expect(line.badRecords.map(\.reason) == [reason], "\(name)")
      } else {
        #expect(line.badRecords.isEmpty, "\(name)")
      }
      #expect(line.documents.isEmpty)
    }
  }
}
