import Foundation
import TestSupport
import Testing

/// An input file with something wrong in it, and what a build makes of it.
struct BadInput: Sendable, CustomTestStringConvertible {
  /// What is wrong.
  var name: String
  /// The file's name.
  var file = "x.jsonl"
  /// How it is read.
  var format = "jsonl"
  /// Its bytes; nil where there is no such file.
  var content: Data?
  /// The exit status of the build.
  var status: Int32 = 0
  /// The documents read.
  var documents = 0
  /// The bad records by reason.
  var badRecords: [String: Int] = [:]
  /// All of standard error.
  var errors = ""

  var testDescription: String { name }

  /// A file that is refused before anything is done.
  static func refused(
    _ name: String, _ file: String, _ content: Data, _ problem: String
  ) -> BadInput {
    BadInput(
      name: name, file: file, content: content, status: 65, errors: "error: \(file): \(problem)\n")
  }

  /// A file that fails its part.
  static func failed(
    _ name: String, _ file: String, _ content: Data, _ problem: String
  ) -> BadInput {
    refused(name, file, content, problem + " (in stage ingest: bad part 0)")
  }

  /// A file that is read to its end, with these bad records: ordinal, reason, detail.
  static func read(
    _ name: String, _ content: Data, in file: String = "x.jsonl", format: String = "jsonl",
    documents: Int, bad: [(record: Int, reason: String, detail: String)] = []
  ) -> BadInput {
    let counts = Dictionary(grouping: bad, by: \.reason).mapValues(\.count)
    let reasons = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    let records = documents + bad.count
    let share = String(format: "%.2f", Double(100 * bad.count) / Double(max(1, records)))
    let head =
      bad.isEmpty
      ? ""
      : "bad records of bad: \(bad.count) of \(records) (\(share) %): "
        + "\(reasons.joined(separator: ", "))\n"
    let lines = bad.map { "  \(file): record \($0.record): \($0.reason): \($0.detail)\n" }
    return BadInput(
      name: name, file: file, format: format, content: content, documents: documents,
      badRecords: counts, errors: head + lines.joined())
  }

  /// A line between two good ones, which is one bad record.
  static func line(
    _ name: String, _ line: Data, format: String = "jsonl", _ reason: String, _ detail: String
  ) -> BadInput {
    let isTSV = format == "flan-cot"
    let good = Data((isTSV ? "q\ta\tr\n" : #"{"text":"good"}"# + "\n").utf8)
    return read(
      name, good + line + Data("\n".utf8) + good, format: format, documents: 2,
      bad: [(1, reason, detail)])
  }

  static func line(
    _ name: String, _ text: String, format: String = "jsonl", _ reason: String, _ detail: String
  ) -> BadInput {
    line(name, Data(text.utf8), format: format, reason, detail)
  }

  /// A line between two good ones, which is a good one too.
  static func good(_ name: String, _ line: String, documents: Int = 3) -> BadInput {
    let good = #"{"text":"good"}"# + "\n"
    return read(name, Data((good + line + "\n" + good).utf8), documents: documents)
  }

  /// The mixture file of the builds here: the file is the source `bad`, of which no row is used.
  func mixture() -> String {
    """
    name: bad-input
    tokenizer: { path: \(Repository.sampleTokenizer) }
    sequence_length: 4
    sources:
      good: { paths: [good.jsonl], format: jsonl }
      bad: { paths: [\(file)], format: \(format) }
    phases: [{ tokens: 8, weights: { good: 1, bad: 0 } }]
    max_bad_share: 100%

    """
  }

  /// Makes the folder of a build: the file is not written where it has no content.
  func bench() throws -> Workbench {
    let bench = try Workbench()
    try bench.folder.write(jsonLines(["hello world, this is a text"]), as: "good.jsonl")
    try bench.folder.write(mixture(), as: "m.yaml")
    if let content { try bench.folder.write(content, as: file) }
    return bench
  }

  /// The command line of its build.
  static let command = ["build", "m.yaml", "--output", "out", "--cache", "cache", "--quiet"]

  /// Expects of a build what is said here.
  func expect(_ outcome: Cuvee.Outcome, in bench: Workbench) throws {
    #expect(outcome.status == status)
    #expect(outcome.errors == errors.replacing("FOLDER", with: bench.folder.path))
    let manifest = bench.file("out/manifest.json")
    #expect(FileManager.default.fileExists(atPath: manifest) == (status == 0))
    if status != 0 { return }
    let sources = try JSONValue(file: manifest)["sources"].array
    let source = try #require(sources.first { $0["name"].string == "bad" })
    #expect(source["documents"]["read"].integer == documents)
    #expect(source["documents"]["kept"].integer == documents)
    #expect(source["bad_records"].object.mapValues(\.integer) == badRecords.mapValues { $0 })
  }
}
