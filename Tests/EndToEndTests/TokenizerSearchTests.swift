import Foundation
import TestSupport
import Testing

/// The commands that read an output find the tokenizer that its mixture file names by a path.
@Suite struct TokenizerSearchTests {
  private static let sha256 = "1353ed928f1f8553889b88d9d25787f92f67ebe424a33560e51f1b7c74fcc45d"

  private func bench(path: String = "vocab/own.json") throws -> Workbench {
    let bench = try Workbench()
    try bench.folder.copy(Repository.sampleTokenizer, as: "vocab/own.json")
    try bench.folder.write(jsonLines(["hello world, this is a text"]), as: "a.jsonl")
    try bench.folder.write(
      """
      name: t
      tokenizer: { path: "\(path.replacing("FOLDER", with: bench.folder.path))" }
      sequence_length: 4
      sources: { a: { paths: [a.jsonl], format: jsonl } }
      phases: [{ tokens: 8, weights: { a: 1 } }]
      """, as: "m.yaml")
    return bench
  }

  /// Relative paths are kept; of an absolute one the manifest has the last name only.
  @Test(arguments: [
    ("vocab/own.json", "vocab/own.json"), ("FOLDER/vocab/own.json", "own.json"),
  ])
  func theManifestHasThePath(_ path: String, _ recorded: String) throws {
    let bench = try bench(path: path)
    let built = try bench.build(bench.file("m.yaml"))
    #expect(try built.manifest()["tokenizer"]["path"].string == recorded)
    #expect(
      try !String(contentsOfFile: built.path + "/manifest.json", encoding: .utf8)
        .contains(bench.folder.path))
  }

  @Test(arguments: [
    ["cat", "out", "--text"], ["trace", "out", "--row", "0", "--text", "--check"],
    ["verify", "out", "--trace", "2"],
  ])
  func itIsFoundBelowData(_ command: [String]) throws {
    let bench = try bench()
    _ = try bench.build(bench.file("m.yaml"))
    let data = command + ["--data", "."]
    let found = try Cuvee.run(data, directory: bench.folder.path)
    #expect(found.status == 0, "\(found.errors)")
    // By its name where the folder is another.
    try bench.folder.copy(bench.file("vocab/own.json"), as: "moved/tokenizers/deep/own.json")
    try bench.folder.copy(bench.file("a.jsonl"), as: "moved/a.jsonl")
    let moved = try Cuvee.run(command + ["--data", "moved"], directory: bench.folder.path)
    #expect(moved.status == 0, "\(moved.errors)")
    // Another file at the path is not taken for it.
    let text = try String(contentsOfFile: bench.file("vocab/own.json"), encoding: .utf8)
    try bench.folder.write(text + "\n", as: "vocab/own.json")
    let other = try Cuvee.run(data, directory: bench.folder.path)
    #expect(other.status == 66)
    let folder = bench.folder.path
    let lines = other.errors.split(separator: "\n").map(String.init)
    #expect(
      lines.first
        == "error: the output's tokenizer is the file vocab/own.json with the SHA-256 "
        + "\(Self.sha256), which was not found; name it with --tokenizer, or give the folder that "
        + "its path is relative to with --data. Looked in:")
    #expect(
      lines.contains("  \(folder)/vocab/own.json, \(folder)/own.json and \(folder)/tokenizers/**"),
      "\(other.errors)")
    #expect(lines.contains { $0.hasPrefix("  \(folder)/vocab/own.json has the SHA-256 ") })
  }

  @Test func aRegisteredOneNamesTheOption() throws {
    let bench = try bench()
    let built = try bench.build(bench.file("m.yaml"))
    let manifest = try String(contentsOfFile: built.path + "/manifest.json", encoding: .utf8)
    try FileManager.default.removeItem(atPath: built.path + "/manifest.json")
    try manifest.replacing("\"own.json\"", with: "\"gpt2\"")
      .replacing("\"path\" : \"vocab/own.json\",", with: "")
      .replacing("\"path\": \"vocab/own.json\",", with: "")
      .write(toFile: built.path + "/manifest.json", atomically: true, encoding: .utf8)
    let outcome = try Cuvee.run(["cat", built.path, "--text"])
    #expect(outcome.status == 66)
    #expect(outcome.errors.contains("the vocabulary of tokenizer \"gpt2\" was not found"))
    #expect(outcome.errors.hasSuffix("\nOr name its file with --tokenizer.\n"))
  }
}
