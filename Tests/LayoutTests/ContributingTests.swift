import Foundation
import Testing

/// What `CONTRIBUTING.md` names is there.
@Suite struct ContributingTests {
  /// A path of the repository in backticks. `NAME` stands for what a contributor adds.
  private func paths() throws -> [String] {
    try Repository.text("CONTRIBUTING.md")
      .matches(of: #/`((?:Sources|Tests|Scripts|Fuzz|Filters|Documentation)/[^` ]+)`/#)
      .map { String($0.output.1) }
  }

  @Test func everyPathIsThere() throws {
    let paths = try paths()
    #expect(paths.count > 20)
    for path in paths {
      let folders = path.split(separator: "/").prefix { !$0.contains("NAME") }
      let known = "\(Repository.root)/\(folders.joined(separator: "/"))"
      #expect(FileManager.default.fileExists(atPath: known), "\(path)")
    }
  }

  /// A line of a list, as in `Rules.all`: the file beside it declares it.
  @Test func everyListIsDeclared() throws {
    let page = try Repository.text("CONTRIBUTING.md")
    let lists = page.matches(of: #/`(\w+)\.all` in `([^`]+)`/#)
    #expect(lists.count >= 3)
    for list in lists {
      let text = try Repository.text(String(list.output.2))
      let name = String(list.output.1)
      #expect(text.contains("enum \(name)") && text.contains("static let all"), "\(name)")
    }
  }
}
