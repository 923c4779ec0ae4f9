import Foundation
import TestSupport
import Testing

/// What the README tells newcomers to do works as it stands there.
@Suite struct ReadmeTests {
  private static let readme = Result {
    try String(contentsOfFile: Repository.path("README.md"), encoding: .utf8)
  }

  /// A section's text, from its heading to the next.
  private func section(_ heading: String) throws -> Substring {
    let text = try Self.readme.get()
    let start = try #require(text.range(of: "\n## \(heading)\n"))
    let rest = text[start.upperBound...]
    return rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)]
  }

  /// The first block of YAML of a section.
  private func yaml(_ heading: String) throws -> String {
    let section = try section(heading)
    let begin = try #require(section.range(of: "```yaml\n"))
    let rest = section[begin.upperBound...]
    let end = try #require(rest.range(of: "```\n"))
    return String(rest[..<end.lowerBound])
  }

  /// The commands that a section shows by themselves on a line.
  private func commands(_ heading: String) throws -> [[String]] {
    try section(heading).matches(of: #/\n {4,}cuvee (.*)/#).map { match in
      match.output.1.split(separator: " ").map(String.init)
    }
  }

  /// The samples stand for the newcomer's data.
  @Test func theStepsForOwnDataWork() throws {
    let heading = "Your own data, step by step"
    let folder = try TemporaryFolder()
    try folder.copy(Repository.path("samples/articles.jsonl"), as: "data/web/articles.jsonl")
    try folder.copy(Repository.path("samples/p3"), as: "data/qa")
    try folder.copy(Repository.sampleTokenizer, as: "tokenizer.json")
    try folder.write(try yaml(heading), as: "mixture.yaml")
    let commands = try commands(heading)
    #expect(commands.map(\.first) == ["check", "build", "inspect", "audit", "trace", "verify"])
    var printed = ""
    for command in commands {
      let outcome = try Cuvee.run(
        command, environment: ["CUVEE_CACHE": folder.file("cache")], directory: folder.path)
      try #require(outcome.status == 0, "\(command): \(outcome.errors)")
      printed = outcome.output
    }
    #expect(printed.hasSuffix("out: sound\n"))
    // What the loop for training opens.
    let index = try JSONValue(file: folder.file("out/index.json"))
    #expect(!index["shards"].array.isEmpty)
    #expect(FileManager.default.fileExists(atPath: folder.file("out/01-main/index.json")))
  }

  @Test func theLargerMixtureIsTheSample() throws {
    let sample = try String(
      contentsOfFile: Repository.path("Mixtures/sample.yaml"), encoding: .utf8)
    #expect(try yaml("A larger mixture file") == sample)
  }

  /// Every page of the documentation is linked, and no link leads nowhere.
  @Test func theDocumentationIsLinked() throws {
    let links = try Self.readme.get().matches(of: #/\]\(([^)#:]+\.md)[^)]*\)/#)
      .map { String($0.output.1) }
    for link in links {
      #expect(FileManager.default.fileExists(atPath: Repository.path(link)), "\(link)")
    }
    let pages = try FileManager.default.contentsOfDirectory(
      atPath: Repository.path("Documentation"))
    for page in pages { #expect(links.contains("Documentation/\(page)"), "\(page)") }
  }
}
