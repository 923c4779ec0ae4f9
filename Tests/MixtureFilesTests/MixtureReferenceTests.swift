import Foundation
import MixtureFiles
import Testing

@Suite struct MixtureReferenceTests {
  private static let page = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Documentation/MixtureFiles.md")

  /// The tables of the page come from the grammar. After a change of the grammar, run the test once
  /// with CUVEE_WRITE_REFERENCE=1: it puts the new tables into the page.
  @Test func thePageHasTheTables() throws {
    let tables = MixtureReference.markdown(vocabulary: MixtureFilesSamples.vocabulary)
    var text = try String(contentsOf: Self.page, encoding: .utf8)
    if ProcessInfo.processInfo.environment["CUVEE_WRITE_REFERENCE"] != nil {
      let begin = try #require(text.range(of: "<!-- tables: begin -->\n"))
      let end = try #require(text.range(of: "<!-- tables: end -->"))
      text.replaceSubrange(begin.upperBound..<end.lowerBound, with: "\n" + tables + "\n")
      try text.write(to: Self.page, atomically: true, encoding: .utf8)
    }
    #expect(text.contains(tables), "run once with CUVEE_WRITE_REFERENCE=1")
  }
}
