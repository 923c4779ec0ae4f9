import Bytes
import Foundation
import Testing

@testable import Shards

/// A manifest that says other things than the files, and words of the finding.
struct WrongStatement: Sendable, CustomTestStringConvertible {
  let finding: String
  let change: @Sendable (inout Manifest) -> Void

  init(_ finding: String, _ change: @escaping @Sendable (inout Manifest) -> Void) {
    self.finding = finding
    self.change = change
  }

  var testDescription: String { finding }

  static let all: [WrongStatement] = [
    .init("source b: documents read") { $0.sources[1].documents.dropped["short"] = 1 },
    .init("source b: bytes read") { $0.sources[1].bytes.kept += 1 },
    .init("source a: tokens of the epochs") { $0.sources[0].tokens.tail += 1 },
    .init("source c: 13 rows used do not") { $0.sources[2].rows.used += 1 },
    .init("source a: its rows begin 2") { $0.sources[0].tokens.epochsBegun += 1 },
    .init("phase second: begins at row 31") { $0.phases[1].firstRow += 1 },
    .init("phase first: 31 rows") { $0.phases[0].rows += 1 },
    .init("phase first: 30 rows do not") { $0.phases[0].tokens += 1 },
    .init("phase second: its weights do not sum") {
      $0.phases[1].sources[0].weightNumerator += 1
    },
    .init("greatest prefix error") { $0.phases[1].greatestPrefixError += 0.01 },
    .init("greatest phase error") { $0.phases[1].greatestPhaseError = 7 },
    .init("the rows of its stretches") { $0.phases[1].stretches?[0].rows -= 1 },
    .init("in which it is exhausted") {
      let name = $0.phases[1].sources[0].name
      $0.phases[1].stretches?[0].exhausted = [name]
    },
    .init("the bound of its prefix error") { $0.phases[1].prefixErrorBound = 0.9 },
    .init("the checkpoint at row 25") { $0.phases[1].prefixCheckpoints[0].rowsBySource[0] += 1 },
    .init("rows by source") { $0.phases[1].shards[0].rowsBySource[0] += 1 },
    .init("row 51 is numbered 50") { $0.phases[1].shards[1].firstRow += 1 },
    .init("beyond the vocabulary") { $0.tokenizer.vocabularySize = 1000 },
    .init("content_digest") { $0.contentDigest = Digest.sha256("x") },
    .init("the SHA-256 of its content") { $0.files[0].rawSHA256 = Digest.sha256("x") },
    .init("2 files, inputs.zst lists 1") { $0.sources[0].files = 2 },
    .init("1 documents kept, but") {
      $0.sources[0].documents = ManifestAccount(read: 1, kept: 1, dropped: [:])
    },
    .init("its header is not") { $0.output.compressionLevel = 4 },
  ]
}

@Suite struct OutputVerifierTests {
  private func findings(_ folder: String) throws -> [String] {
    var verifier = try OutputVerifier(folder: folder, displayPath: "OUT")
    return verifier.verify().findings.map { "\($0.place): \($0.message)" }
  }

  @Test func aSoundOutputHasNoFindings() throws {
    let folder = try ShardsTestFolder()
    let manifest = try TestOutput().write(to: folder.path)
    var verifier = try OutputVerifier(folder: folder.path, displayPath: "OUT")
    var files: [String] = []
    let report = verifier.verify { files.append($0) }
    #expect(report.findings == [])
    #expect(report.counts.rows == 80)
    #expect(report.counts.tokens == 80 * 512)
    #expect(report.counts.documents == 3 * 30)
    #expect(report.counts.inputs == 3)
    #expect(report.counts.files == 5 * 2 + 10)
    #expect(files.count == 5 * 2 + 3 + 10)
    #expect(try Manifest.read(folder: folder.path, displayPath: "OUT") == manifest)
    // Equal contents are equal bytes, in any folder.
    let other = try ShardsTestFolder()
    try TestOutput().write(to: other.path)
    let again = FileManager.default.contents(atPath: other.file("manifest.json"))
    #expect(again == FileManager.default.contents(atPath: folder.file("manifest.json")))
  }

  /// One changed byte anywhere in any file is found.
  @Test func everyDamagedFileIsFound() throws {
    let folder = try ShardsTestFolder()
    let manifest = try TestOutput.tiny.write(to: folder.path)
    let indexes = ["index.json", "01-first/index.json", "02-second/index.json"]
    for name in manifest.allFiles.map(\.file) + indexes {
      let url = URL(fileURLWithPath: folder.file(name))
      let sound = try Data(contentsOf: url)
      for at in [0, sound.count / 2, sound.count - 10] {
        var damaged = sound
        damaged[at] ^= 0x10
        try damaged.write(to: url)
        let found = try findings(folder.path)
        #expect(found.contains { $0.hasPrefix(name) }, "byte \(at) of \(name)")
      }
      try FileManager.default.removeItem(at: url)
      let found = try findings(folder.path)
      #expect(found.contains { $0.hasPrefix(name) }, "\(name) removed")
      try sound.write(to: url)
    }
    #expect(try findings(folder.path) == [])
  }

  @Test(arguments: WrongStatement.all)
  func everyWrongStatementIsFound(statement: WrongStatement) throws {
    let folder = try ShardsTestFolder()
    try TestOutput().write(to: folder.path, change: statement.change)
    let found = try findings(folder.path)
    #expect(found.contains { $0.contains(statement.finding) }, "\(found)")
  }

  @Test func anInflatedCopyOfAnotherShardIsFound() throws {
    let folder = try ShardsTestFolder()
    try TestOutput().write(to: folder.path)
    let url = URL(fileURLWithPath: folder.file("01-first/shard.00000.mds"))
    try Data("something else".utf8).write(to: url)
    let found = try findings(folder.path)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("01-first/shard.00000.mds: a client's inflated copy") == true)
  }

  @Test func absurdNumbersDoNotTrap() throws {
    let folder = try ShardsTestFolder()
    try TestOutput().write(to: folder.path) { manifest in
      manifest.sequenceLength = -1
      manifest.phases[0].rows = .max
      manifest.phases[0].shards[0].rows = .max
      manifest.phases[0].shards[0].firstRow = .max
      manifest.phases[1].sources[0].weightDenominator = 0
      manifest.sources[0].rows = ManifestRows(perEpoch: .max, used: .max)
      manifest.sources[0].tokens.total = .max
      manifest.tokenizer.dtype = "uint16"
    }
    #expect(try !findings(folder.path).isEmpty)
  }

  @Test func anUnfinishedOutputIsAnError() throws {
    let folder = try ShardsTestFolder()
    let path = folder.path
    let error = #expect(throws: CuveeError.self) {
      _ = try OutputVerifier(folder: path, displayPath: "OUT")
    }
    #expect(error?.kind == .missingInput)
    try Data("{\"format_version\": 9}".utf8).write(
      to: URL(fileURLWithPath: folder.file("manifest.json")))
    let other = #expect(throws: CuveeError.self) {
      _ = try OutputVerifier(folder: path, displayPath: "OUT")
    }
    #expect(other?.message.contains("format version 9") == true)
  }

  @Test func manyFindingsOfOnePlaceAreCounted() {
    var report = VerificationReport()
    for index in 0..<25 { report.add("file", "row \(index)") }
    report.close()
    #expect(report.findings.count == VerificationReport.mostOfOnePlace + 1)
    #expect(report.findings.last?.message == "and 15 more like these")
  }
}
