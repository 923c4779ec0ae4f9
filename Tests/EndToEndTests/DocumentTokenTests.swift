import Foundation
import TestSupport
import Testing

/// The tokens before and after each document.
@Suite struct DocumentTokenTests {
  /// A mixture over the notes with what `tokenizer` says.
  private static func bench(_ keys: String, endOfText: Bool) throws -> (Workbench, String) {
    let bench = try Workbench()
    try bench.folder.copy(Repository.path("samples"), as: "samples")
    if !endOfText {
      let path = bench.file("samples/tokenizer.json")
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try #require(text.contains("<|endoftext|>"))
      try text.replacing("<|endoftext|>", with: "<|mark|>").write(
        toFile: path, atomically: true, encoding: .utf8)
    }
    let mixture = try bench.folder.write(
      """
      name: ends
      tokenizer: { path: samples/tokenizer.json\(keys) }
      sequence_length: 64
      sources: { notes: { paths: [samples/notes/*.txt], format: text } }
      phases: [{ tokens: 1k, weights: { notes: 1 } }]
      """, as: "m.yaml")
    return (bench, mixture)
  }

  /// The tokens of whole documents that begin in rows, as `trace` and `cat` show them.
  private func documents(of built: Built) throws -> [[Int]] {
    var tokens: [Int] = []
    var starts: [Int] = []
    for row in 0..<built.rows {
      for segment in try built.trace(row)["segments"].array
      where segment["offset_in_document"].integer == 0 {
        starts.append(tokens.count + (segment["offset_in_row"].integer ?? 0))
      }
      tokens += try built.cat(["--rows", "\(row)..\(row + 1)"])[0]["tokens"].array
        .compactMap(\.integer)
    }
    return zip(starts, starts.dropFirst()).map { Array(tokens[$0..<$1]) }
  }

  @Test func aMissingEndIsSaidUnlessItIsMeant() throws {
    let words = "it has no token that ends a document"
    for (keys, isSaid) in [("", true), (", end_of_document: none", false)] {
      let (bench, mixture) = try Self.bench(keys, endOfText: false)
      let check = try Cuvee.run(["check", mixture])
      #expect((check.output + check.errors).contains(words) == isSaid, "\(check.output)")
      let build = try bench.tryBuild(mixture)
      #expect(build.status == 0 && build.errors.contains(words) == isSaid, "\(build.errors)")
      #expect(
        try JSONValue(file: bench.file("out/manifest.json"))["tokenizer"]["end_of_document"]
          == .null)
    }
    // One that the vocabulary has may be left out on purpose, too.
    let (bench, mixture) = try Self.bench(", end_of_document: none", endOfText: true)
    let built = try bench.build(mixture)
    let plain = try bench.build(try Self.write("", bench), output: "plain")
    #expect(built.digest != plain.digest)
    let end = try #require(try plain.manifest()["tokenizer"]["end_of_document"].integer)
    #expect(try documents(of: plain).allSatisfy { $0.last == end && !$0.dropLast().contains(end) })
    #expect(try documents(of: built).allSatisfy { !$0.contains(end) })
  }

  private static func write(_ keys: String, _ bench: Workbench) throws -> String {
    let text = try String(contentsOfFile: bench.file("m.yaml"), encoding: .utf8)
    return try bench.folder.write(
      text.replacing(", end_of_document: none", with: keys), as: "n.yaml")
  }

  @Test func aTokenBeginsEachDocument() throws {
    let (bench, mixture) = try Self.bench(
      ", beginning_of_document: \"<|endoftext|>\", end_of_document: 5", endOfText: true)
    let built = try bench.build(mixture)
    let tokenizer = try built.manifest()["tokenizer"]
    let beginning = try #require(tokenizer["beginning_of_document"].integer)
    #expect(tokenizer["end_of_document"].integer == 5)
    let documents = try documents(of: built)
    #expect(documents.count >= 3)
    #expect(documents.allSatisfy { $0.first == beginning && $0.last == 5 })
    let (other, plainMixture) = try Self.bench("", endOfText: true)
    let plain = try other.build(plainMixture)
    let notes = try plain.source("notes")
    // One token more for each document, and nothing else.
    let documentsKept = try #require(notes["documents"]["kept"].integer)
    #expect(
      try built.source("notes")["tokens"]["total"].integer
        == (notes["tokens"]["total"].integer ?? 0) + documentsKept)
    let deep = try Cuvee.run(
      ["verify", built.path, "--deep", "--data", bench.folder.path]
        + ["--tokenizer", bench.file("samples/tokenizer.json")])
    #expect(deep.status == 0, "\(deep.errors)")
    let inspected = try Cuvee.run(["inspect", built.path]).output
    #expect(inspected.contains("token before each document: \(beginning), after: 5"))
  }

  @Test(arguments: [
    (
      ", end_of_document: <s>",
      "has no special token \"<s>\" for end_of_document; it has <|endoftext|>"
    ),
    (", beginning_of_document: 99999999999", "99999999999 is beyond all ids"),
    (", beginning_of_document: [1]", "must be an id, the text of a token, or none"),
  ])
  func aTokenThatIsNotThereIsRefused(keys: String, words: String) throws {
    let (bench, mixture) = try Self.bench(keys, endOfText: true)
    let outcome = try Cuvee.run(["check", mixture])
    withExtendedLifetime(bench) {}
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.contains("m.yaml:2:") && outcome.errors.contains(words), "\(outcome.errors)")
  }
}
