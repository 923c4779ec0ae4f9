import Foundation
import TestSupport
import Testing

/// What happens where standard output and error cannot be written.
@Suite struct StandardStreamTests {
  private static func shell(_ script: String) -> [String] {
    ["/bin/sh", "-c", "\"$0\" \"$@\" " + script]
  }

  @Test(arguments: [
    (">/dev/full", "No space left on device"), (">&-", "it is closed"), ("<&- >&-", "it is closed"),
  ])
  func resultsThatNobodyGetsAreAFailure(script: String, words: String) throws {
    let bench = try Workbench()
    let built = try bench.build(SampleTests.mixture)
    for command in [
      ["inspect", built.path], ["check", SampleTests.mixture], ["cat", built.path],
      ["cat", built.path, "--json"], ["verify", built.path], ["audit", built.path, "--json"],
      ["trace", built.path, "--row", "0"], ["rules"], ["schema"], ["--help"], ["--version"],
      ["help", "build"], ["cache", "list", "--cache", bench.file("cache")],
    ] {
      let outcome = try Cuvee.run(command, wrapper: Self.shell(script))
      #expect(outcome.status == 74, "\(command): \(outcome.status) \(outcome.errors)")
      #expect(
        outcome.errors == "error: standard output: cannot be written: \(words)\n", "\(command)")
    }
  }

  /// The number of a closed stream must not go to a file of the cache.
  @Test(arguments: ["2>&-", "<&- 2>&-", "2>/dev/full"])
  func progressThatNobodySeesChangesNothing(script: String) throws {
    let bench = try Workbench()
    let outcome = try Cuvee.run(
      ["build", SampleTests.mixture, "--output", bench.file("out")]
        + ["--cache", bench.file("cache")],
      wrapper: Self.shell(script))
    #expect(outcome.status == 0)
    let lock = try String(contentsOfFile: bench.file("cache/lock"), encoding: .utf8)
    #expect(lock.wholeMatch(of: #/(process \d+\n)?/#) != nil, "\(lock)")
    let clean = try bench.build(SampleTests.mixture, output: "clean", cache: "clean-cache")
    expectSame(try FileTree(bench.file("out")), try clean.tree())
    #expect(try Cuvee.run(["check", "none.yaml"], wrapper: Self.shell(script)).status == 66)
  }
}
