import Bytes
import Foundation
import Testing

@testable import Shards

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
    #expect(report.counts.files == 5 * 2 + 7)
    #expect(files.count == 5 + 3 + 7)
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
    let manifest = try TestOutput().write(to: folder.path)
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

  /// A manifest that says other things than the files.
  @Test(
    arguments: [
      ("seed of nothing", "", { _ in }),
      ("documents", "source b: documents read", { $0.sources[1].documents.dropped["short"] = 1 }),
      ("bytes", "source b: bytes read", { $0.sources[1].bytes.kept += 1 }),
      ("tokens", "source a: tokens of the epochs", { $0.sources[0].tokens.tail += 1 }),
      ("rows of a source", "source c: 13 rows used do not", { $0.sources[2].rows.used += 1 }),
      ("epochs", "source a: its rows begin 2", { $0.sources[0].tokens.epochsBegun += 1 }),
      ("first row", "phase second: begins at row 31", { $0.phases[1].firstRow += 1 }),
      ("phase rows", "phase first: 31 rows", { $0.phases[0].rows += 1 }),
      ("phase tokens", "phase first: 30 rows do not", { $0.phases[0].tokens += 1 }),
      (
        "weights", "phase second: its weights do not sum",
        { $0.phases[1].sources[0].weightNumerator += 1 }
      ),
      ("prefix error", "greatest prefix error", { $0.phases[1].greatestPrefixError += 0.01 }),
      ("bound", "the bound of its prefix error", { $0.phases[1].prefixErrorBound = 0.9 }),
      (
        "checkpoint", "the checkpoint at row 25",
        { $0.phases[1].prefixCheckpoints[0].rowsBySource[0] += 1 }
      ),
      ("shard counts", "rows by source", { $0.phases[1].shards[0].rowsBySource[0] += 1 }),
      ("row numbers", "row 51 is numbered 50", { $0.phases[1].shards[1].firstRow += 1 }),
      ("vocabulary", "beyond the vocabulary", { $0.tokenizer.vocabularySize = 1000 }),
      ("digest", "content_digest", { $0.contentDigest = Digest.sha256("x") }),
      ("raw digest", "the SHA-256 of its content", { $0.files[0].rawSHA256 = Digest.sha256("x") }),
      ("inputs", "2 files, inputs.zst lists 1", { $0.sources[0].files = 2 }),
      (
        "kept", "documents kept, but",
        { $0.sources[0].documents = .init(read: 1, kept: 1, dropped: [:]) }
      ),
      ("columns", "its header is not", { $0.output.compressionLevel = 4 }),
    ] as [(String, String, @Sendable (inout Manifest) -> Void)])
  func everyWrongStatementIsFound(
    name: String, finding: String, change: @Sendable (inout Manifest) -> Void
  ) throws {
    let folder = try ShardsTestFolder()
    try TestOutput().write(to: folder.path, change: change)
    let found = try findings(folder.path)
    if finding.isEmpty {
      #expect(found == [])
    } else {
      #expect(found.contains { $0.contains(finding) }, "\(name): \(found)")
    }
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
