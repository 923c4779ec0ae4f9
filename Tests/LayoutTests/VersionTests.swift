import Foundation
import Testing

/// The version stands in one place, and what quotes it agrees.
@Suite struct VersionTests {
  /// The version in `ToolVersion`, read from its text.
  private func version() throws -> String {
    let text = try Repository.text("Sources/Pipeline/Execution/ToolVersion.swift")
    let match = try #require(text.firstMatch(of: #/static let current = "([^"]*)"/#))
    return String(match.output.1)
  }

  @Test func itIsSemantic() throws {
    #expect(try version().wholeMatch(of: #/\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?/#) != nil)
  }

  /// The newest heading is `## 1.2.3, 2026-01-31`, or `## 1.2.3, not released yet`.
  @Test func theNewestHeadingOfTheChangesIsTheVersion() throws {
    let lines = try Repository.text("CHANGELOG.md").split(separator: "\n")
    let heading = try #require(lines.first { $0.hasPrefix("## ") })
    let form = #/## (\S+), (not released yet|\d{4}-\d{2}-\d{2})/#
    let match = try #require(heading.wholeMatch(of: form), "\(heading)")
    #expect(String(match.output.1) == (try version()))
  }

  @Test func noOtherSourceHasIt() throws {
    let quoted = "\"\(try version())\""
    let files = try Repository.swiftFiles(below: "Sources").filter { file in
      file.lines.contains { $0.contains(quoted) }
    }
    #expect(files.map(\.shortPath) == ["Pipeline/Execution/ToolVersion.swift"])
  }

  /// `.swift-version`, the workflows and the README name one release of Swift.
  @Test func theReleaseOfSwiftIsTheSameEverywhere() throws {
    let release = try Repository.text(".swift-version").trimmingCharacters(in: .newlines)
    for file in try Repository.files(below: ".github/workflows") {
      let images = try Repository.text(file).matches(of: #/swift:([\d.]+)/#).map { $0.output.1 }
      #expect(!images.isEmpty && images.allSatisfy { $0 == release }, "\(file)")
    }
    let minor = release.split(separator: ".").prefix(2).joined(separator: ".")
    #expect(try Repository.text("README.md").contains("Swift \(minor)]"))
  }
}
