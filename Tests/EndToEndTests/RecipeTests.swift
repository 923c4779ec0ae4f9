import Foundation
import TestSupport
import Testing

/// An output holds what it was built from, and is built again from that.
@Suite struct RecipeTests {
  private static let mixture = """
    name: recipe
    tokenizer: { path: \(Repository.sampleTokenizer) }
    sequence_length: 16
    sources:
      a: { paths: [data/a.jsonl], format: jsonl, steps: [mine, ../other/mine.yaml, c4-lines] }
    phases: [{ tokens: 1600, weights: { a: 1 } }]
    repetition: { max_epochs: 1000 }
    # A comment.

    """

  private static func bench() throws -> (Workbench, mixture: String) {
    let bench = try Workbench()
    let text = "This is a sentence of some length. Here is a second one. And this is the third.\\n"
    let lines = (0..<30).map { "{\"text\":\"\(text)Number \($0) of all the documents here.\"}\n" }
    try bench.folder.write(lines.joined(), as: "project/data/a.jsonl")
    let filter =
      "steps: [{ maximum-characters: { maximum: 1000 } }, "
      + "{ drop-documents-with-word: { list: lists/bad.txt } }]\n"
    try bench.folder.write("7\nno such word\n", as: "other/lists/bad.txt")
    try bench.folder.write("7\n11\n", as: "project/Filters/lists/bad.txt")
    try bench.folder.write("name: mine\n" + filter, as: "project/Filters/mine.yaml")
    try bench.folder.write("name: other-mine\n" + filter, as: "other/mine.yaml")
    return (bench, try bench.folder.write(mixture, as: "project/m.yaml"))
  }

  @Test func anOutputIsBuiltAgainFromItself() throws {
    let (bench, mixture) = try Self.bench()
    let built = try bench.build(mixture, ["--scale", "50%"])
    try built.expectSound()
    let recipe = try built.manifest()["recipe"]
    #expect(recipe["scale"].string == "50%")
    #expect(
      try String(contentsOfFile: built.path + "/recipe/mixture.yaml", encoding: .utf8)
        == Self.mixture)
    let filters = recipe["filters"].array
    #expect(filters.map { $0["name"].string } == ["../other/mine.yaml", "c4-lines", "mine"])
    #expect(filters.map { $0["built_in"].boolean } == [false, true, false])
    for filter in filters {
      let path = "\(built.path)/\(filter["file"].string ?? "")"
      let sum = try Packer.sha256(of: path)
      #expect(filter["sha256"].string == sum)
    }
    let lists = filters.flatMap { $0["lists"].array.compactMap { $0["file"].string } }
    #expect(lists == ["recipe/Filters/1-1-bad.txt", "recipe/Filters/3-1-bad.txt"])
    let inspected = try Cuvee.run(["inspect", built.path]).output
    #expect(
      inspected.contains(
        "to build it again: cuvee build \(built.path)/recipe/mixture.yaml --data DIR --scale 50% --output OUT"
      ))
    let tree = try built.tree()
    // Without the mixture file and its filters; the data and the tokenizer are all that is needed.
    for name in ["project/m.yaml", "project/Filters", "other"] { bench.folder.remove(name) }
    let again = try bench.build(
      built.path + "/recipe/mixture.yaml", ["--data", bench.file("project"), "--scale", "50%"],
      output: "again", cache: "other-cache")
    #expect(again.digest == built.digest)
    for (file, bytes) in tree.files where !file.hasPrefix("recipe/") && file != "manifest.json" {
      #expect(try again.tree().files[file] == bytes, "\(file)")
    }
    #expect(try again.tree().files["recipe/mixture.yaml"] == tree.files["recipe/mixture.yaml"])
  }

  /// A comment is another text and the same output.
  @Test func anotherCommentReplacesTheRecipe() throws {
    let (bench, mixture) = try Self.bench()
    let built = try bench.build(mixture)
    try bench.folder.write(
      Self.mixture.replacing("# A comment.", with: "# Another comment."), as: "project/m.yaml")
    let again = try bench.build(mixture)
    #expect(again.digest == built.digest)
    let text = try String(contentsOfFile: built.path + "/recipe/mixture.yaml", encoding: .utf8)
    #expect(text.contains("# Another comment."))
    try again.expectSound()
    try Data("changed".utf8).write(to: URL(fileURLWithPath: built.path + "/recipe/mixture.yaml"))
    #expect(try Cuvee.run(["verify", built.path]).status == 65)
    try bench.build(mixture).expectSound()
  }

  @Test func builtInFiltersAreThoseOfTheRepository() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Repository.path("Filters"))
      .filter { $0.hasSuffix(".yaml") }
    let bench = try Workbench()
    let listed = try Cuvee.run(["filters", "--json"], directory: bench.folder.path).json().array
    #expect(
      listed.compactMap { $0["name"].string } == files.map { String($0.dropLast(5)) }.sorted())
    #expect(listed.allSatisfy { $0["origin"].string == "built in" })
    for file in files {
      let printed = try Cuvee.run(
        ["filters", String(file.dropLast(5))], directory: bench.folder.path)
      #expect(
        printed.output
          == (try String(contentsOfFile: Repository.path("Filters/\(file)"), encoding: .utf8)),
        "run Scripts/generate-built-in-filters")
    }
  }

  /// A mixture file anywhere knows the filters of the program; one's own of the same name comes first.
  @Test func filtersAreKnownAnywhereAndShadowed() throws {
    let bench = try Workbench()
    try bench.folder.write("{\"text\":\"one\"}\n", as: "a.jsonl")
    let mixture = try bench.folder.write(
      """
      name: anywhere
      tokenizer: { path: \(Repository.sampleTokenizer) }
      sequence_length: 2
      sources: { a: { paths: [a.jsonl], format: jsonl, steps: [c4-lines] } }
      phases: [{ tokens: 2, weights: { a: 1 } }]
      """, as: "m.yaml")
    #expect(try Cuvee.run(["plan", mixture, "--cache", bench.file("cache")]).status == 0)
    let tried = try Cuvee.run(
      ["filter", "a.jsonl", "--with", "c4-lines", "--summary"], directory: bench.folder.path)
    #expect(tried.status == 0 && tried.output.contains("kept 0 of 1"))
    try bench.folder.write(
      "name: c4-lines\nsummary: mine\nsteps: [{ maximum-characters: { maximum: 9 } }]\n",
      as: "Filters/c4-lines.yaml")
    let own = try Cuvee.run(
      ["filter", "a.jsonl", "--with", "c4-lines", "--summary"], directory: bench.folder.path)
    #expect(own.status == 0 && own.output.contains("kept 1 of 1"), "\(own.output)")
    let listed = try Cuvee.run(["filters", "--for", "m.yaml"], directory: bench.folder.path).output
    #expect(
      listed.contains("\(bench.file("Filters/c4-lines.yaml")) (shadows: built in)"), "\(listed)")
    let unknown = try Cuvee.run(
      ["filter", "a.jsonl", "--with", "c5"], directory: bench.folder.path)
    #expect(unknown.status == 66)
    #expect(unknown.errors.contains("no filter \"c5\"; built in are bad-words, c4, c4-lines"))
  }
}
