import Foundation
import TestSupport
import Testing

/// What a build makes of bad input: the exact message, and the exact count of what was read.
@Suite struct BadInputTests {
  @Test(arguments: BadInput.files + BadInput.packed + BadInput.lines)
  func isToldAndCounted(_ input: BadInput) throws {
    let bench = try input.bench()
    let outcome = try Cuvee.run(BadInput.command, directory: bench.folder.path, timeout: 60)
    try input.expect(outcome, in: bench)
  }

  @Test func directory() throws {
    let input = BadInput(
      name: "a directory", file: "folder", status: 66,
      errors: "error: m.yaml:6:18: \"folder\" is a directory; name its files, as in "
        + "\"folder/*.jsonl\"\n")
    let bench = try input.bench()
    try bench.folder.write("{}", as: "folder/x.jsonl")
    try input.expect(Cuvee.run(BadInput.command, directory: bench.folder.path), in: bench)
  }

  /// Root may read everything, unless it has given up its capabilities.
  @Test(.enabled(if: Wrapper.withoutCapabilities != nil, "neither an ordinary user nor setpriv"))
  func unreadable() throws {
    let wrapper = try #require(Wrapper.withoutCapabilities)
    let input = BadInput(
      name: "unreadable", content: Data("{}".utf8), status: 66,
      errors:
        "error: m.yaml:6:18: \"x.jsonl\": cannot be opened (Permission denied); give yourself the right to read it\n"
    )
    let bench = try input.bench()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: bench.file(input.file))
    try input.expect(
      Cuvee.run(
        BadInput.command, directory: bench.folder.path, wrapper: wrapper), in: bench)
  }

  /// A line past the limit on records is passed over in bounded memory: with more than 1 GiB of
  /// data the build would die.
  @Test(.enabled(if: Wrapper.limitsMemory, "the address sanitizer needs more memory"))
  func aLineOf300Megabytes() throws {
    let input = BadInput.read(
      "a line of 300 MB", Data(), documents: 2,
      bad: [(1, "too_large", "larger than the limit on records, 256 MiB")])
    let bench = try input.bench()
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: bench.file(input.file)))
    let piece = Data(repeating: 0x61, count: 1_000_000)
    try file.write(contentsOf: Data("{\"text\":\"before\"}\n{\"text\":\"".utf8))
    for _ in 0..<300 { try file.write(contentsOf: piece) }
    try file.write(contentsOf: Data("\"}\n{\"text\":\"after\"}\n".utf8))
    try file.close()
    let outcome = try Cuvee.run(
      BadInput.command, directory: bench.folder.path,
      wrapper: Wrapper.limitingData(kibibytes: 1 << 20))
    try input.expect(outcome, in: bench)
  }

  /// The summary at the end: every reason with its count, the first ten records with their places.
  @Test func theSummaryShowsTheFirstTen() throws {
    var records: [(record: Int, reason: String, detail: String)] = []
    var content = ""
    for index in 0..<15 {
      content += "[\(index)]\n" + #"{"text":null}"# + "\n" + #"{"text":"good"}"# + "\n"
      records.append((3 * index, "not_an_object", "an object is wanted, this is an array"))
      records.append((3 * index + 1, "null_field", "the field \"text\" is null"))
    }
    var input = BadInput.read(
      "fifteen of each", Data(content.utf8), documents: 15, bad: records)
    let lines = input.errors.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.first == "bad records of bad: 30 of 45 (66.67 %): 15 not_an_object, 15 null_field")
    input.errors = lines.prefix(11).joined(separator: "\n") + "\n"
    let bench = try input.bench()
    try input.expect(Cuvee.run(BadInput.command, directory: bench.folder.path), in: bench)
  }

  /// Ids are kept as they are, numbers as JSON writes them.
  @Test func idsAreKept() throws {
    let bench = try Workbench()
    let texts = (0..<3).map { "a text of some length, number \($0)" }
    let ids = ["7", #""a\rb""#, "12.5"]
    let lines = zip(texts, ids).map { #"{"id":\#($1),"text":"\#($0)"}"# + "\n" }
    try bench.folder.write(lines.joined(), as: "x.jsonl")
    try bench.folder.write(
      """
      name: ids
      tokenizer: { path: \(Repository.sampleTokenizer) }
      sequence_length: 8
      sources: { bad: { paths: [x.jsonl], format: jsonl } }
      phases: [{ tokens: 24, weights: { bad: 1 } }]
      """, as: "m.yaml")
    let built = try bench.build(bench.file("m.yaml"))
    var found: Set<String> = []
    for row in 0..<built.rows {
      found.formUnion(try built.trace(row)["segments"].array.compactMap { $0["id"].string })
    }
    #expect(found == ["7", "a\rb", "12.5"])
  }
}
