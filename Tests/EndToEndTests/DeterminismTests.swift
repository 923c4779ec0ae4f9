import Foundation
import TestSupport
import Testing

/// The same bytes, whatever the machine is busy with.
@Suite struct DeterminismTests {
  /// All that must not matter, at one go each: file for file the same bytes, compressed ones too.
  @Test func nothingButTheInputsMatters() throws {
    let bench = try Workbench()
    let mixture = SampleTests.mixture
    let first = try bench.build(mixture, output: "1", cache: "c1", workers: 1)
    let tree = try first.tree()
    #expect(tree.files.count > 15)
    for workers in [2, 4] {
      let other = try bench.build(
        mixture, output: "\(workers)", cache: "c\(workers)", workers: workers)
      #expect(other.digest == first.digest)
      expectSame(try other.tree(), tree, "\(workers) workers")
    }
    let other = try bench.build(
      mixture, output: "deep/er/out", cache: "elsewhere/cache",
      environment: ["LANG": "tr_TR.UTF-8", "LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Kathmandu"],
      directory: bench.folder.path)
    expectSame(try other.tree(), tree, "another folder, cache and language")
    let cached = try bench.build(mixture, output: "again", cache: "c1")
    #expect(cached.stages.worked.isEmpty)
    expectSame(try cached.tree(), tree, "from the cache")
  }

  /// The data at another place, and the mixture file named by a relative path.
  @Test func theFolderOfTheDataDoesNotMatter() throws {
    let bench = try Workbench()
    let tree = try bench.build(SampleTests.mixture).tree()
    try bench.folder.copy(Repository.path("samples"), as: "moved/samples")
    try bench.folder.copy(SampleTests.mixture, as: "moved/Mixtures/sample.yaml")
    let moved = try bench.build(
      "sample.yaml", output: "2", cache: "c2", directory: bench.file("moved/Mixtures"))
    expectSame(try moved.tree(), tree, "moved")
    try bench.folder.copy(SampleTests.mixture, as: "lone.yaml")
    let lone = try bench.build(
      bench.file("lone.yaml"), ["--data", bench.file("moved/Mixtures")], output: "3", cache: "c3")
    expectSame(try lone.tree(), tree, "--data")
  }

  /// The sizes that cut the work into parts, each as small as makes sense.
  @Test(arguments: [
    ["--part-size", "3000"], ["--text-part-size", "2000"], ["--batch-size", "1000"],
    ["--bucket-size", "200"], ["--shuffle-memory", "2000"],
    [
      "--part-size", "5000", "--text-part-size", "1500", "--batch-size", "700",
      "--bucket-size", "500", "--shuffle-memory", "900",
    ],
  ])
  func partsDoNotMatter(_ options: [String]) throws {
    let bench = try Workbench()
    let whole = try bench.build(SampleTests.mixture, output: "1", cache: "c1")
    let parts = try bench.build(SampleTests.mixture, options, output: "2", cache: "c2")
    #expect(parts.digest == whole.digest)
    expectSame(try parts.tree(), try whole.tree(), "\(options)")
  }

  /// A cache of large parts, used by a build with small ones: what fits is used, nothing is mixed up.
  @Test func sizesMayChangeInOneCache() throws {
    let bench = try Workbench()
    let whole = try bench.build(SampleTests.mixture, output: "1")
    let parts = try bench.build(
      SampleTests.mixture, ["--part-size", "3000", "--shuffle-memory", "2000"], output: "2")
    expectSame(try parts.tree(), try whole.tree())
  }
}
