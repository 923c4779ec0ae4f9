import Foundation
import TestSupport
import Testing

/// Rows traced to their sources by a reading of its own: the files, the rendering and the decoding
/// of tokens are those of this folder, not Cuvee's.
@Suite struct TraceTests {
  @Test func rowsOfTheSamples() throws {
    let bench = try Workbench()
    let built = try bench.build(SampleTests.mixture)
    try check(
      built, rows: 50, base: Repository.path("Mixtures"), tokenizer: Repository.sampleTokenizer,
      bench)
  }

  @Test(.enabled(if: TestData.isThere, Comment(rawValue: TestData.absence)))
  func rowsOfRealData() throws {
    let data = try #require(TestData.folder)
    let bench = try Workbench()
    let built = try bench.build(
      Repository.path("Mixtures/gpt-jt.yaml"),
      ["--data", data, "--scale", TestData.isLarge ? "1%" : "0.1%"])
    let rows = TestData.isLarge ? 1000 : 50
    let tokenizer = try #require(try vocabulary(below: data))
    try check(built, rows: rows, base: data, tokenizer: tokenizer, bench)
    let verified = try Cuvee.run(
      ["verify", built.path, "--trace", "\(rows)", "--data", data, "--json"])
    #expect(verified.status == 0, "\(verified.errors)")
    #expect(try verified.json()["sound"].boolean == true)
  }

  private func vocabulary(below folder: String) throws -> String? {
    try FileManager.default.subpathsOfDirectory(atPath: folder).first {
      $0.hasSuffix("gpt2.tiktoken")
    }.map { "\(folder)/\($0)" }
  }

  /// A stretch of a document in a row.
  private struct Stretch {
    var row: Int
    var document: Int
    var inDocument: Range<Int>
    var inRow: Range<Int>
    var documentTokens: Int
  }

  private func check(
    _ built: Built, rows count: Int, base: String, tokenizer: String, _ bench: Workbench
  ) throws {
    let end = try #require(try built.manifest()["tokenizer"]["end_of_document"].integer)
    let vocabulary = try IndependentVocabulary(tokenizer, endOfText: end)
    var reading = IndependentReading(base: base)
    var random = SeededGenerator(seed: 7)
    var tokens: [Int: [Int]] = [:]
    var texts: [String] = []
    var documents: [String: Int] = [:]
    var stretches: [Stretch] = []
    for _ in 0..<count {
      let row = random.below(built.rows)
      let printed = try built.cat(["--rows", "\(row)..\(row + 1)"])[0]
      tokens[row] = printed["tokens"].array.compactMap(\.integer)
      let trace = try built.trace(row)
      #expect(trace["source"] == printed["source"])
      var next = 0
      for segment in trace["segments"].array {
        #expect(segment["source"] == printed["source"])
        let file = try #require(segment["file"].string)
        let record = try #require(segment["record"].integer)
        let key = "\(segment["source"].string ?? "") \(file) \(record)"
        if documents[key] == nil {
          documents[key] = texts.count
          texts.append(
            try reading.text(
              file: file, record: record, byteOffset: segment["byte_offset"].integer ?? -1))
        }
        let length = try #require(segment["length"].integer)
        let start = try #require(segment["offset_in_document"].integer)
        #expect(segment["offset_in_row"].integer == next)
        stretches.append(
          Stretch(
            row: row, document: documents[key] ?? 0, inDocument: start..<start + length,
            inRow: next..<next + length,
            documentTokens: try #require(segment["document_tokens"].integer)))
        next += length
      }
      #expect(next == tokens[row]?.count, "the segments of row \(row) do not tile it")
    }
    let ids = try tokenize(texts, tokenizer, bench).map { $0 + [end] }
    for (text, ids) in zip(texts, ids) {
      #expect(try vocabulary.text(of: ids) == Data(text.utf8))
    }
    for stretch in stretches {
      let document = ids[stretch.document]
      #expect(stretch.documentTokens == document.count)
      #expect(
        tokens[stretch.row]?[stretch.inRow] == document[stretch.inDocument], "row \(stretch.row)")
    }
  }

  /// The ids of each text, by `cuvee tokenize`.
  private func tokenize(
    _ texts: [String], _ tokenizer: String, _ bench: Workbench
  ) throws -> [[Int]] {
    let outcome = try Cuvee.run([
      "tokenize", try bench.folder.write(jsonLines(texts), as: "texts.jsonl"), "--tokenizer",
      tokenizer, "--output", bench.file("ids.npy"), "--json",
    ])
    try #require(outcome.status == 0, "\(outcome.errors)")
    let ids = try NumPyFile.integers(bench.file("ids.npy"), width: 4)
    let offsets = try NumPyFile.integers(bench.file("ids.offsets.npy"), width: 8)
    try #require(offsets.count == texts.count + 1 && offsets.last == ids.count)
    return zip(offsets, offsets.dropFirst()).map { Array(ids[$0..<$1]) }
  }

  /// `cat --text` decodes as the vocabulary's file says.
  @Test func catDecodes() throws {
    let bench = try Workbench()
    let built = try bench.build(SampleTests.mixture)
    let vocabulary = try IndependentVocabulary(Repository.sampleTokenizer, endOfText: 0)
    for row in try built.cat(["--text", "--tokenizer", Repository.sampleTokenizer]) {
      let bytes = try vocabulary.text(of: row["tokens"].array.compactMap(\.integer))
      let text = try #require(row["text"].string)
      #expect(text.replacing("<|endoftext|>", with: "") == String(decoding: bytes, as: UTF8.self))
    }
  }

  /// A source file that changed since the build is not taken for what was built.
  @Test func changedSourcesAreFound() throws {
    let bench = try Workbench()
    try bench.folder.copy(Repository.path("samples"), as: "samples")
    let mixture = try bench.folder.copy(SampleTests.mixture, as: "Mixtures/sample.yaml")
    let built = try bench.build(mixture)
    let verify =
      ["verify", built.path, "--trace", "437", "--data", bench.file("Mixtures")]
      + ["--tokenizer", Repository.sampleTokenizer]
    #expect(try Cuvee.run(verify).status == 0)
    let cot = bench.file("samples/cot.tsv")
    let text = try String(contentsOfFile: cot, encoding: .utf8)
    try text.replacing(" the ", with: " thee ").write(
      toFile: cot, atomically: true, encoding: .utf8)
    let outcome = try Cuvee.run(verify)
    #expect(outcome.status == 65)
    #expect(outcome.output.contains(" of ../samples/cot.tsv\n"), "\(outcome.output)")
    // --deep takes more rows than there are: all. It says which text is another.
    let deep = try Cuvee.run(
      ["verify", built.path, "--deep", "--data", bench.file("Mixtures"), "--json"]
        + ["--tokenizer", Repository.sampleTokenizer])
    #expect(deep.status == 65)
    let trace = try deep.json()["trace"]
    #expect(trace["rows"].integer == 437)
    let findings = trace["findings"].array.compactMap(\.string)
    #expect(
      findings.contains {
        $0.hasSuffix(" of ../samples/cot.tsv: its text is not the one that was tokenised")
      }, "\(findings)")
    #expect(
      outcome.errorLines == [
        "error: \(built.path): is sound in itself, but differs from what --data and the tokenizer give "
          + "now; they may have changed since it was built"
      ])
  }
}
