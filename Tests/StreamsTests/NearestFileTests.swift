import Testing

@testable import Streams

/// A path that leads nowhere, and the name that was meant.
@Suite struct NearestFileTests {
  static let files = ["data/articles.jsonl", "data/p3/a.jsonl", "data/p3/b.jsonl", "data/p3/c.txt"]

  /// Each case: the path below the folder, and the hint.
  static let table: [(path: String, hint: String)] = [
    ("data/article.jsonl", "; did you mean \"data/articles.jsonl\"?"),
    ("dta/articles.jsonl", "; did you mean \"data/articles.jsonl\"?"),
    ("dta/p3/*.jsonl", "; did you mean \"data/p3/*.jsonl\"?"),
    ("data/nowhere/x.jsonl", "; there is no folder \"nowhere\" in FOLDER/data"),
    ("data/zzz", ""),
    ("data/p3/*.json", "; the files of FOLDER/data/p3 end in .jsonl (2), .txt (1)"),
    ("data/*.txt", "; the files of FOLDER/data end in .jsonl (1)"),
    ("empty/*.txt", "; the folder FOLDER/empty has no files"),
    ("data/*/x.txt", ""),
    ("data/articles.jsonl", ""),
  ]

  @Test(arguments: table)
  func hint(_ path: String, _ hint: String) throws {
    let folder = try StreamsTestFolder()
    for file in Self.files { try folder.write([0x78], as: file) }
    try FileSystem.createDirectories(folder.file("empty"))
    #expect(
      NearestFile.hint(for: folder.file(path), displayPath: path)
        == hint.replacing("FOLDER", with: folder.path))
  }

  @Test func anAbsolutePathStaysAbsolute() throws {
    let folder = try StreamsTestFolder()
    try folder.write([0x78], as: "articles.jsonl")
    let wrong = folder.file("artices.jsonl")
    #expect(
      NearestFile.hint(for: wrong, displayPath: wrong)
        == "; did you mean \"\(folder.file("articles.jsonl"))\"?")
  }
}
