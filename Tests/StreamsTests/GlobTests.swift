import Bytes
import Foundation
import Testing

@testable import Streams

@Suite struct GlobTests {
  static let files = [
    "a.jsonl", "b.jsonl", "b.txt", ".hidden.jsonl", "data/1.jsonl", "data/2.jsonl.zst",
    "data/10.jsonl", "data/deep/er/x.jsonl", "data/.git/y.jsonl", "data/[odd].jsonl",
    "data/é.jsonl", "data/{a,b}.txt", "web/cc.warc.gz", "web/cc.wet.gz", "data/deep/x.jsonl",
  ]

  static let table: [(pattern: String, expected: [String])] = [
    ("*.jsonl", ["a.jsonl", "b.jsonl"]),
    ("*", ["a.jsonl", "b.jsonl", "b.txt"]),
    (".*", [".hidden.jsonl"]),
    ("?.jsonl", ["a.jsonl", "b.jsonl"]),
    ("[ab].*", ["a.jsonl", "b.jsonl", "b.txt"]),
    ("[!a].jsonl", ["b.jsonl"]),
    ("[^a-b].jsonl", []),
    ("data/?.jsonl", ["data/1.jsonl", "data/é.jsonl"]),
    ("data/[0-9]*.jsonl", ["data/1.jsonl", "data/10.jsonl"]),
    (
      "data/*.jsonl*",
      [
        "data/1.jsonl", "data/10.jsonl", "data/2.jsonl.zst", "data/[odd].jsonl", "data/é.jsonl",
      ]
    ),
    ("data/\\[odd\\].jsonl", ["data/[odd].jsonl"]),
    ("data/[[]*", ["data/[odd].jsonl"]),
    ("data/\\{a,b}.txt", ["data/{a,b}.txt"]),
    ("{b,a}.jsonl", ["a.jsonl", "b.jsonl"]),
    ("{a,a,*}.jsonl", ["a.jsonl", "b.jsonl"]),
    ("web/cc.{warc,wet}.gz", ["web/cc.warc.gz", "web/cc.wet.gz"]),
    (
      "{web/cc.w{arc,et},data/2*}.{gz,zst}",
      [
        "data/2.jsonl.zst", "web/cc.warc.gz", "web/cc.wet.gz",
      ]
    ),
    ("**/x.jsonl", ["data/deep/er/x.jsonl", "data/deep/x.jsonl"]),
    ("data/**/x.jsonl", ["data/deep/er/x.jsonl", "data/deep/x.jsonl"]),
    ("data/**/**/deep/**/x.jsonl", ["data/deep/er/x.jsonl", "data/deep/x.jsonl"]),
    ("data/deep/**", ["data/deep/er/x.jsonl", "data/deep/x.jsonl"]),
    ("**/*.gz", ["web/cc.warc.gz", "web/cc.wet.gz"]),
    ("*/cc.warc.gz", ["web/cc.warc.gz"]),
    ("*/../b.txt", ["data/../b.txt", "web/../b.txt"]),
    ("./data//1.jsonl", ["data/1.jsonl"]),
    ("data", ["data"]),
    (".", ["."]),
    ("da*", []),
    ("no.jsonl", []),
    ("no/*.jsonl", []),
    ("a.jsonl/*", []),
    ("", []),
    ("{unclosed", []),
    ("[unclosed", []),
  ]

  static func tree() throws -> StreamsTestFolder {
    let folder = try StreamsTestFolder()
    for name in files { try folder.write([], as: name) }
    return folder
  }

  @Test func findsWhatAShellFinds() throws {
    let folder = try Self.tree()
    for (pattern, expected) in Self.table {
      #expect(try Glob.expand(pattern, base: folder.path) == expected, "\(pattern)")
    }
  }

  @Test func absolutePatternsGiveAbsolutePaths() throws {
    let folder = try Self.tree()
    let expected = ["a.jsonl", "b.jsonl"].map { folder.file($0) }
    #expect(try Glob.expand(folder.path + "/*.jsonl", base: "/nowhere") == expected)
    #expect(try Glob.expand(folder.file("b.txt"), base: "") == [folder.file("b.txt")])
  }

  @Test func linksAreFollowedAndLoopsAreNot() throws {
    let folder = try StreamsTestFolder()
    try folder.write([], as: "outside/x.jsonl")
    try folder.write([], as: "in/y.jsonl")
    let links = [
      ("in/loop", folder.file("in")), ("in/out", folder.file("outside")),
      ("in/dead.jsonl", "/nothing/here"),
    ]
    for (name, target) in links {
      try FileManager.default.createSymbolicLink(
        atPath: folder.file(name), withDestinationPath: target)
    }
    let expected = ["in/dead.jsonl", "in/out/x.jsonl", "in/y.jsonl"]
    #expect(try Glob.expand("in/**/*.jsonl", base: folder.path) == expected)
    #expect(try Glob.expand("in/**", base: folder.path) == expected)
    #expect(try Glob.expand("in/*/x.jsonl", base: folder.path) == ["in/out/x.jsonl"])
  }

  /// Names that String holds equal are different files.
  @Test func namesAreBytes() throws {
    let folder = try StreamsTestFolder()
    for name in ["é", "e\u{301}"] { try folder.write([], as: name) }
    let found = try Glob.expand("*", base: folder.path).map { Array($0.utf8) }
    #expect(found == [[0x65, 0xCC, 0x81], [0xC3, 0xA9]])
  }

  @Test func tooManyAlternativesAreAnError() {
    let pattern = String(repeating: "{a,b}", count: 40)
    let error = cuveeError { () throws(CuveeError) in _ = try Glob.expand(pattern, base: ".") }
    #expect(error?.kind == .badData)
  }

  @Test func starsTakeNoExponentialTime() throws {
    let folder = try StreamsTestFolder()
    try folder.write([], as: String(repeating: "a", count: 200))
    let pattern = String(repeating: "*a", count: 60) + "*b"
    #expect(try Glob.expand(pattern, base: folder.path) == [])
  }
}
