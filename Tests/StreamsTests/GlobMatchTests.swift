import Foundation
import TestSupport
import Testing

@testable import Streams

@Suite struct GlobMatchTests {
  /// `matches` says of every path what the walk through the folders finds.
  @Test func matchesAgreesWithTheWalk() throws {
    let folder = try TemporaryFolder()
    let names = ["a", "b", "ab", "a.x", ".h"]
    var paths: [String] = []
    for first in names {
      paths.append("\(first)f")
      for second in names {
        paths.append("\(first)/\(second)f")
        paths.append("\(first)/\(second)/\(second)f")
      }
    }
    for path in paths { try folder.write("x", as: path) }
    var random = SeededGenerator(seed: 8)
    let pieces = [
      "*", "?", "a", "b", "**", "*f", "a*", "[ab]", "[!a]*", "{a,b}", ".h", "{af,b/**}", ".*",
    ]
    for _ in 0..<400 {
      let pattern = (0...random.below(3)).map { _ in pieces[random.below(pieces.count)] }
        .joined(separator: "/")
      let found = try Glob.expand(pattern, base: folder.path)
      // A folder written out is found as it is; `matches` speaks of files.
      let files = found.filter { paths.contains($0) }
      let matched = try paths.filter { try Glob.matches(pattern, path: $0) }
      #expect(files == matched.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, "\(pattern)")
    }
  }

  @Test(arguments: [
    ("/a/*", "/a/b", true), ("/a/*", "a/b", false), ("a/*", "/a/b", false), ("**", "a/b/c", true),
    ("**/c", "c", true), ("**/**/c", "a/c", true), ("a/**", "a", false), ("\\*", "*", true),
    ("\\*", "a", false), ("./a", "a", true),
  ])
  func cases(pattern: String, path: String, matches: Bool) throws {
    #expect(try Glob.matches(pattern, path: path) == matches)
  }
}
