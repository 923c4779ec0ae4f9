import Foundation
import TestSupport
import Testing

/// A build removes what a build has written, and nothing else.
@Suite struct ForeignFileTests {
  private static func bench() throws -> (Workbench, mixture: String) {
    let bench = try Workbench()
    try bench.folder.copy(Repository.path("samples"), as: "samples")
    return (bench, try bench.folder.copy(SampleTests.mixture, as: "Mixtures/sample.yaml"))
  }

  /// A smaller mixture of another name: the output has fewer folders and files.
  private static func other(_ bench: Workbench) throws -> String {
    try bench.folder.write(
      """
      name: other
      tokenizer: { path: ../samples/tokenizer.json }
      sequence_length: 64
      sources: { notes: { paths: [../samples/notes/*.txt], format: text } }
      phases: [{ name: notes, tokens: 1k, weights: { notes: 1 } }]
      """, as: "Mixtures/other.yaml")
  }

  private static let foreign = [
    "ckpt/model.pt", "notes.txt", "02-instruct/mine.txt", "documents/cot/.hidden",
  ]

  @Test func replacingLeavesForeignFilesAlone() throws {
    let (bench, mixture) = try Self.bench()
    _ = try bench.build(mixture)
    for file in Self.foreign { try bench.folder.write("mine", as: "out/" + file) }
    // A client's inflated copy of a shard goes with the shard: it would be read instead of the new.
    try bench.folder.write("inflated", as: "out/01-articles/shard.00000.mds")
    let built = try bench.build(try Self.other(bench), ["--replace"])
    #expect(built.facts["foreign"].array.compactMap(\.string) == Self.foreign.sorted())
    var tree = try built.tree().files
    for file in Self.foreign { #expect(tree.removeValue(forKey: file) == Data("mine".utf8)) }
    let fresh = try bench.build(try Self.other(bench), output: "fresh")
    #expect(Set(tree.keys) == Set(try fresh.tree().files.keys))
    // Folders that nothing is left in are gone.
    #expect(!FileManager.default.fileExists(atPath: bench.file("out/01-articles")))
    #expect(FileManager.default.fileExists(atPath: bench.file("out/02-instruct")))
    try built.expectSound()
    let told = try Cuvee.run(
      [
        "build", mixture, "--output", bench.file("out"), "--cache", bench.file("cache"),
        "--replace",
      ])
    #expect(told.status == 0)
    for file in Self.foreign {
      #expect(told.errors.contains("not Cuvee's, left as it is: \(bench.file("out"))/\(file)"))
    }
  }

  @Test func anInterruptedBuildLeavesForeignFilesAlone() throws {
    let (bench, mixture) = try Self.bench()
    let tree = try bench.build(mixture).tree()
    try bench.folder.write("mine", as: "out/ckpt/model.pt")
    // As a build of `other` leaves it that was killed while it placed its files.
    bench.folder.remove("out/manifest.json")
    try bench.folder.write("half", as: "out/01-notes/shard.00000.mds.zstd")
    try bench.folder.write(
      #"{"files":["01-notes/shard.00000.mds.zstd","../../keep","/etc/keep"]}"#,
      as: "out/.cuvee-incomplete")
    try bench.folder.write("keep", as: "../keep".replacing("../", with: "keep/"))
    var files = try bench.build(mixture).tree().files
    #expect(files.removeValue(forKey: "ckpt/model.pt") == Data("mine".utf8))
    #expect(files == tree.files)
  }

  /// The new output needs the name of a file that is not the old output's.
  @Test func aForeignFileIsNotOverwritten() throws {
    let (bench, mixture) = try Self.bench()
    _ = try bench.build(try Self.other(bench))
    let before = try FileTree(bench.file("out"))
    try bench.folder.write("mine", as: "out/02-instruct/shard.00000.mds.zstd")
    let refused = try bench.tryBuild(mixture, ["--replace"])
    #expect(refused.status == 65)
    #expect(
      refused.errors.contains(
        "out/02-instruct/shard.00000.mds.zstd: is not a file of the output that is there"))
    bench.folder.remove("out/02-instruct")
    expectSame(try FileTree(bench.file("out")), before, "nothing was removed")
  }
}
