import Bytes
import Documents
import Foundation
import Readers
import Streams
import Testing

@testable import Pipeline

@Suite struct InputPartTests {
  private let fixture: PlanFixture
  private let environment: UnitEnvironment
  private var folder: PipelineTestFolder { fixture.folder }

  init() throws {
    fixture = try PlanFixture()
    environment = .testing(try StageCache(root: fixture.folder.file("cache")))
  }

  private func source(_ description: String) throws -> PlannedSource {
    let plan = try fixture.plan(
      sources: ["s: \(description)"], phases: ["{ name: p, tokens: 1k, weights: { s: 100% } }"])
    return plan.sources[0]
  }

  private func digests(_ source: PlannedSource, partBytes: UInt64) throws -> [DigestFacts] {
    let units = DigestUnit.batches(
      source.files, framing: source.format.framing, partBytes: partBytes)
    return try units.flatMap { unit in
      try unit.produce(into: folder.path, environment).files(unit.files.count)
    }
  }

  /// The origins of all records of a list of files.
  private func origins(
    _ files: [SourceFile], framing: Framing
  ) throws -> [(record: UInt64, offset: UInt64)] {
    var reader = RecordBatchReader(files: files, framing: framing, batchBytes: 500)
    var batch = RecordBatch()
    var origins: [(record: UInt64, offset: UInt64)] = []
    while try reader.next(into: &batch) {
      origins += batch.records.map { ($0.origin.record, $0.origin.byteOffset) }
    }
    return origins
  }

  private func randomLines(_ count: Int, _ random: inout StableRandom) -> [UInt8] {
    var bytes: [UInt8] = random.below(2) == 0 ? [] : [0xEF, 0xBB, 0xBF]
    for _ in 0..<count {
      let length = random.below(12) == 0 ? random.below(3000) : random.below(60)
      bytes += (0..<length).map { _ in UInt8(0x20 + random.below(90)) }
      if random.below(5) == 0 { bytes.append(0x0D) }
      bytes.append(0x0A)
    }
    // The last line may lack its end.
    if random.below(2) == 0 { bytes += Array("the end".utf8) }
    return bytes
  }

  @Test(arguments: 0..<20)
  func rangesTileALargeFileAtItsRecords(run: Int) throws {
    var random = testRandom("cut \(run)")
    let content = randomLines(200 + random.below(200), &random)
    try folder.write(content, to: "data/a.txt")
    let source = try source("{ paths: [data/*.txt], format: lines }")
    let partBytes = UInt64(200 + random.below(4000))
    let digests = try digests(source, partBytes: partBytes)
    #expect(digests[0].sha256 == Digest.sha256(content.span))
    let parts = InputPart.cut(source, digests: digests, partBytes: partBytes)
    #expect(parts.count > 1 && parts.map(\.index) == Array(parts.indices))

    var end: UInt64 = 0
    var read: [(record: UInt64, offset: UInt64)] = []
    for part in parts {
      #expect(part.files.count == 1)
      let file = part.files[0]
      let range = try #require(file.range)
      #expect(range.lowerBound == end && !range.isEmpty)
      #expect(part.bytes == range.upperBound - range.lowerBound)
      let start = Int(range.lowerBound)
      #expect(start == 0 || content[start - 1] == 0x0A)
      #expect(Int(file.firstRecord) == content[..<start].count { $0 == 0x0A })
      end = range.upperBound
      read += try origins(
        [
          SourceFile(
            path: file.path, displayPath: file.displayPath, ordinal: 0, range: range,
            firstRecord: file.firstRecord)
        ], framing: .lines)
    }
    #expect(end == UInt64(content.count))
    // Together the parts hold the records of the file, with the same ordinals and offsets.
    let whole = try origins(
      [
        SourceFile(
          path: source.files[0].path, displayPath: "a", ordinal: 0, range: nil, firstRecord: 0)
      ], framing: .lines)
    #expect(read.map(\.record) == whole.map(\.record))
    #expect(read.map(\.offset) == whole.map(\.offset))
  }

  @Test func cutsFallOnTheFirstRecordAfterEachMultiple() throws {
    // 100 lines of 10 bytes: 25 bytes are reached by the third line's end.
    try folder.write(String(repeating: "123456789\n", count: 100), to: "data/a.txt")
    let source = try source("{ paths: [data/*.txt], format: lines }")
    let cuts = try digests(source, partBytes: 25)[0].cuts
    #expect(cuts.map(\.offset).prefix(5) == [0, 30, 50, 80, 100])
    #expect(cuts.map(\.record).prefix(5) == [0, 3, 5, 8, 10])
    #expect(cuts.count == 40)
  }

  @Test func smallFilesGoTogetherInTheOrderOfTheirPaths() throws {
    var random = testRandom("group")
    for _ in 0..<30 {
      let sizes = (0..<1 + random.below(30)).map { _ in random.below(random.below(9) + 1) * 40 }
      try? FileManager.default.removeItem(atPath: folder.file("data"))
      for (index, size) in sizes.enumerated() {
        try folder.write(Array(repeating: 0x61, count: size), to: "data/f\(100 + index).txt")
      }
      let source = try source("{ paths: [data/*.txt], format: text }")
      let parts = InputPart.cut(
        source, digests: try digests(source, partBytes: 250), partBytes: 250)
      #expect(parts.flatMap(\.files).map(\.fileInSource) == Array(sizes.indices))
      #expect(
        parts.flatMap(\.files).map(\.displayPath) == sizes.indices.map { "data/f\(100 + $0).txt" })
      #expect(parts.flatMap(\.files).allSatisfy { $0.range == nil && $0.firstRecord == 0 })
      for (part, following) in zip(parts, parts.dropFirst()) {
        // A part ends where the next file would pass the limit, and only there.
        #expect(part.bytes + following.files[0].status.size > 250)
      }
      for part in parts { #expect(part.bytes <= 250 || part.files.count == 1) }
    }
  }

  @Test func whatIsNotLinesOfPlainTextIsNeverCut() throws {
    let samples = PlanFixture.repository + "/samples"
    try folder.write(try contents(samples + "/articles-2.jsonl.gz"), to: "data/b.jsonl.gz")
    try folder.write(try contents(samples + "/articles.jsonl"), to: "data/a.jsonl")
    try folder.write(
      try contents(samples + "/ni/task901_sample_word_order.json"), to: "ni/task.json")
    let lines = try source("{ paths: [data/*], format: jsonl }")
    let parts = InputPart.cut(lines, digests: try digests(lines, partBytes: 1000), partBytes: 1000)
    // The plain file is cut; the compressed one, larger than a part too, is a part.
    #expect(parts.count > 2)
    #expect(parts.dropLast().allSatisfy { $0.files[0].range != nil })
    #expect(parts.last?.files.map(\.displayPath) == ["data/b.jsonl.gz"])
    #expect(parts.last?.files[0].range == nil)
    let whole = try source("{ paths: [ni/*.json], format: natural-instructions }")
    let wholeParts = InputPart.cut(
      whole, digests: try digests(whole, partBytes: 100), partBytes: 100)
    #expect(wholeParts.count == 1 && wholeParts[0].files[0].range == nil)
  }

  @Test func emptyFilesAndFilesOfOneLineAreWhole() throws {
    try folder.write("", to: "data/empty.txt")
    try folder.write(String(repeating: "x", count: 900), to: "data/line.txt")
    try folder.write(String(repeating: "x", count: 900) + "\n", to: "data/line2.txt")
    let source = try source("{ paths: [data/*.txt], format: lines }")
    let parts = InputPart.cut(
      source, digests: try digests(source, partBytes: 100), partBytes: 100)
    #expect(
      parts.map { $0.files.map(\.displayPath) } == [
        ["data/empty.txt"], ["data/line.txt"], ["data/line2.txt"],
      ])
    #expect(parts.allSatisfy { $0.files[0].range == nil })
  }

  @Test func aFileThatGrewSinceThePlanIsRefused() throws {
    try folder.write("one\n", to: "data/a.txt")
    let source = try source("{ paths: [data/*.txt], format: lines }")
    try folder.write("one\ntwo\n", to: "data/a.txt")
    let error = #expect(throws: CuveeError.self) { try digests(source, partBytes: 100) }
    #expect(error?.kind == .badData && error?.message.hasPrefix("data/a.txt: ") == true)
  }
}
