import Bytes
import Declarations
import Documents
import Foundation
@testable import Readers
import Streams
import TestSupport
import Testing

/// Real data, where `CUVEE_TESTDATA` names its folder.
enum RealData {
  static let folder = TestData.folder
  static let hint: Comment = "set CUVEE_TESTDATA to the folder of real data to run this"
}

/// A set of real files and what Python's `json` and `bytes.split` find in it.
struct RealSource: Sendable, CustomTestStringConvertible {
  var pattern: String
  var format: String
  var settings = ReaderSettings()
  var documents: Int
  var textBytes: Int
  /// SHA-256 of one line a document: file, record, offset, SHA-256 of its id, SHA-256 of its text.
  var digest: String

  var testDescription: String { "\(pattern) as \(format)" }

  static let all: [RealSource] = [
    RealSource(
      pattern: "mainjob/cot/*.tsv", format: "flan-cot",
      documents: 33443, textBytes: 10720693,
      digest: "a93be024a8634a27178a98416e77864b512c0da8aabb9636bb9fd9e82e644593"),
    RealSource(
      pattern: "mainjob/cot/gsm8k.jsonl", format: "jsonl",
      settings: ReaderSettings(text: "{question} {{x}} {answer}"),
      documents: 7473, textBytes: 3940783,
      digest: "80cc53ec15715a45957c6e81bb71696aca55027bea03d846ddbab3579433c944"),
    RealSource(
      pattern: "mainjob/p3/*.jsonl", format: "jsonl",
      settings: ReaderSettings(text: "{prompt}{completion}"),
      documents: 55185, textBytes: 60220506,
      digest: "e459189bd9711459ff5bfe936a52eb8e8a861d2af6712e6f62863032d5b47e34"),
    RealSource(
      pattern: "mainjob/ni/tasks/*.json", format: "natural-instructions",
      settings: ReaderSettings(options: [
        "examples": .integer(2), "max_documents_per_file": .integer(1000),
      ]),
      documents: 53128, textBytes: 63295408,
      digest: "cb0ec6eff6af7e74f9371f578525ec6a0fa4cde93b7ef47c04c9f022a9af170e"),
    RealSource(
      pattern: "bench_en.jsonl", format: "jsonl",
      documents: 4193, textBytes: 50013383,
      digest: "cfa06efcd5adff8e19bc0b2ab08ead2dac36709a3452a425079ed4cdb5f8bfae"),
  ]
}

@Suite("Real data", .enabled(if: RealData.folder != nil, RealData.hint))
struct RealDataTests {
  @Test(arguments: RealSource.all)
  func equalsPython(_ source: RealSource) throws {
    let folder = try #require(RealData.folder)
    let files = try Glob.expand(source.pattern, base: folder).enumerated().map { index, path in
      SourceFile(path: "\(folder)/\(path)", displayPath: path, ordinal: UInt32(index))
    }
    let type = try #require(RecordFormats.named(source.format))
    let format = try type.init(settings: source.settings)
    var reader = RecordBatchReader(files: files, framing: format.framing)
    let parser = format.makeParser()
    var batch = RecordBatch()
    var documents = DocumentBatch()
    var hasher = SHA256Hasher()
    var count = 0
    var textBytes = 0
    while try reader.next(into: &batch) {
      documents.removeAll()
      parser.parse(&batch, into: &documents)
      #expect(documents.badRecords.isEmpty)
      count += documents.count
      textBytes += documents.text.count
      for index in 0..<documents.count {
        let origin = documents.origins[index]
        let text = Digest.sha256(documents.text.span.extracting(documents.textRange(index)))
        let id = Digest.sha256(documents.ids.span.extracting(documents.idRange(index)))
        let line = "\(origin.file) \(origin.record) \(origin.byteOffset) \(id) \(text)\n"
        hasher.update(Array(line.utf8).span)
      }
    }
    #expect(count == source.documents)
    #expect(textBytes == source.textBytes)
    #expect(hasher.finalize().hex == source.digest)
  }

  /// The files of JSONTestSuite (Nicolas Seriot, "Parsing JSON is a Minefield"): `y_` must be
  /// accepted, `n_` refused, `i_` may be either.
  @Test func jsonTestSuite() throws {
    let folder = try #require(RealData.folder) + "/hostile/JSONTestSuite/test_parsing"
    let names = try FileSystem.list(folder)
    #expect(names.count > 300)
    let json = JSONRecord()
    for name in names {
      let bytes = try FileSystem.readFile("\(folder)/\(name)")
      var problem: RecordProblem?
      do throws(RecordProblem) {
        try json.parse(bytes.span, 0..<bytes.count)
      } catch {
        problem = error
      }
      // Numbers that are none count as null here: see NonFiniteNumbers.
      let isOurs = name.hasPrefix("n_number_") && problem == nil
      if name.hasPrefix("y_") { #expect(problem == nil, "\(name)") }
      if name.hasPrefix("n_") && !isOurs { #expect(problem != nil, "\(name)") }
      if isOurs {
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(["[NaN]", "[-NaN]", "[Infinity]", "[-Infinity]"].contains(text), "\(name)")
      }
    }
  }
}
