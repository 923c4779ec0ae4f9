import Foundation
import TestSupport
import Testing

/// A bit that flips in the cache is found before it is used, and the unit is done again.
@Suite(.serialized) struct CacheDamageTests {
  /// What is asked of the damaged cache: each reads other stages again.
  private static let changes: [(name: String, old: String, new: String)] = [
    ("nothing", "seed: 1", "seed: 1"),
    ("a new seed", "seed: 1", "seed: 2"),
    ("a new weight", "articles: 50%, notes: 5%", "articles: 45%, notes: 10%"),
    ("another treatment of special tokens", "special_tokens: ordinary", "special_tokens: parse"),
    ("another priority", "priority: [notes, articles]", "priority: [articles, notes]"),
    ("shards of another size", "shard_size: 64KiB", "shard_size: 48KiB"),
  ]

  private static func mixture(in folder: TemporaryFolder) throws -> String {
    try folder.copy(Repository.path("samples"), as: "samples")
    try folder.copy(Repository.path("Filters/c4-lines.yaml"), as: "Filters/c4-lines.yaml")
    return try folder.write(
      """
      name: damage
      seed: 1
      tokenizer: { path: samples/tokenizer.json }
      special_tokens: ordinary
      sequence_length: 128
      sources:
        articles:
          { paths: [samples/articles.jsonl, samples/articles-2.jsonl.gz], format: jsonl, steps: [{ deduplicate: { lines: true } }, c4-lines] }
        p3: { paths: ["samples/p3/*.jsonl"], format: jsonl, text: "{prompt}{completion}" }
        notes: { paths: ["samples/notes/*.txt"], format: text, steps: [{ deduplicate: { exact: true } }] }
      deduplicate: [{ sources: [articles, notes], priority: [notes, articles], exact: true }]
      phases:
        - { name: one, tokens: 12k, weights: { articles: 100% } }
        - { name: two, tokens: 16k, weights: { p3: 45%, articles: 50%, notes: 5% } }
      repetition: { max_epochs: 40 }
      output: { shard_size: 64KiB }
      """, as: "damage.yaml")
  }

  private static let options = ["--text-part-size", "20KiB", "--bucket-size", "8KiB"]

  /// The files of a cache, one list for each stage and name, so that every kind has its turn.
  private static func kinds(of cache: String) throws -> [(kind: String, files: [String])] {
    let files = try FileManager.default.subpathsOfDirectory(atPath: cache).filter {
      $0.split(separator: "/").count == 3
    }
    return Dictionary(grouping: files.sorted()) { file in
      let parts = file.split(separator: "/")
      return "\(parts[0])/\(parts[2])"
    }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static func flip(_ path: String, _ random: inout SeededGenerator) throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
    // Atomically: a new file, as the old one is read-only and may have other names.
    try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  @Test(.timeLimit(.minutes(60))) func aFlippedBitIsNeverBelieved() throws {
    let bench = try Workbench()
    let mixture = try Self.mixture(in: bench.folder)
    _ = try bench.build(mixture, Self.options, cache: "whole")
    let original = try String(contentsOfFile: mixture, encoding: .utf8)
    var mixtures: [(path: String, tree: FileTree)] = []
    for (index, change) in Self.changes.enumerated() {
      try #require(original.contains(change.old))
      let path = try bench.folder.write(
        original.replacing(change.old, with: change.new), as: "damage-\(index).yaml")
      bench.folder.remove("cache")
      try bench.folder.copy(bench.file("whole"), as: "cache")
      let built = try bench.build(path, Self.options, output: "clean-\(index)")
      try built.expectSound()
      mixtures.append((path, try built.tree()))
    }
    let kinds = try Self.kinds(of: bench.file("whole")).filter { kind in
      // An empty file has no bit to flip.
      try kind.files.contains {
        try !Data(contentsOf: URL(fileURLWithPath: bench.file("whole/\($0)"))).isEmpty
      }
    }
    #expect(Set(kinds.map { $0.kind.split(separator: "/")[0] }).count == 13, "\(kinds.map(\.kind))")
    var random = SeededGenerator(seed: 11)
    var repaired = 0
    let rounds = TestData.isLarge ? 1000 : kinds.count * 2
    for round in 0..<rounds {
      let kind = kinds[round % kinds.count]
      let change = random.below(mixtures.count)
      bench.folder.remove("cache")
      bench.folder.remove("out")
      try bench.folder.copy(bench.file("whole"), as: "cache")
      var file: String
      repeat {
        file = bench.file("cache/" + kind.files[random.below(kind.files.count)])
      } while try Data(contentsOf: URL(fileURLWithPath: file)).isEmpty
      try Self.flip(file, &random)
      let found = try Cuvee.run(["cache", "verify", "--cache", bench.file("cache"), "--json"])
      #expect(found.status == 65, "\(file)")
      let damages = try found.json()["damages"].array
      #expect(damages.count == 1, "\(file)")
      let built = try bench.tryBuild(mixtures[change].path, Self.options)
      let label = "\(file), \(Self.changes[change].name)"
      try #require(built.status == 0, "\(label): \(built.status) \(built.errors)")
      expectSame(try FileTree(bench.file("out")), mixtures[change].tree, label)
      let units = try built.json()["repaired"].array
      // What the build did not need is still damaged, and nothing else is.
      let left = try Cuvee.run(["cache", "verify", "--cache", bench.file("cache"), "--json"]).json()
      #expect(units.count + left["damages"].array.count == 1, "\(label)")
      #expect((units.first ?? left["damages"].array.first)?["key"] == damages.first?["key"])
      repaired += units.count
    }
    #expect(repaired > rounds / 3)
    print(
      "\(rounds) flips over \(kinds.count) kinds of files: \(repaired) repaired, the others not read"
    )
  }

  @Test func repairSetsAllAside() throws {
    let bench = try Workbench()
    let tree = try bench.build(SampleTests.mixture).tree()
    var random = SeededGenerator(seed: 5)
    let files = try Self.kinds(of: bench.file("cache")).compactMap(\.files.first)
    for file in files.prefix(4) { try Self.flip(bench.file("cache/\(file)"), &random) }
    let command = ["cache", "verify", "--cache", bench.file("cache")]
    let found = try Cuvee.run(command)
    #expect(found.status == 65 && found.errors.contains("--repair"), "\(found.errors)")
    let damaged = found.output.split(separator: "\n").count - 1
    #expect(damaged > 1)
    let repaired = try Cuvee.run(command + ["--repair"])
    #expect(repaired.status == 0 && repaired.output.contains("\(damaged) damaged and set aside"))
    #expect(try Cuvee.run(command).status == 0)
    let aside = try FileManager.default.contentsOfDirectory(atPath: bench.file("cache/damaged"))
    #expect(aside.count == damaged)
    expectSame(try bench.build(SampleTests.mixture, output: "again").tree(), tree)
    // Pruning takes what was set aside, whatever else it takes.
    let pruned = try Cuvee.run(
      ["cache", "prune", "--cache", bench.file("cache"), "--unused-days", "1", "--json"])
    #expect(try pruned.json()["damaged_bytes"].integer ?? 0 > 0)
    #expect(!FileManager.default.fileExists(atPath: bench.file("cache/damaged")))
  }

  /// A file of an output that somebody has changed in place, in spite of its mode: the cache shares
  /// its bytes where the file system has no clones.
  @Test func anEditedOutputPoisonsNoOther() throws {
    let bench = try Workbench()
    let built = try bench.build(SampleTests.mixture)
    let tree = try built.tree()
    let shard = bench.file("out/01-articles/shard.00000.mds.zstd")
    let mode = try FileManager.default.attributesOfItem(atPath: shard)[.posixPermissions] as? Int
    #expect(mode.map { $0 & 0o222 } == 0, "nobody may write to a file that the cache may share")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: shard)
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: shard))
    try handle.seek(toOffset: 20_000)
    try handle.write(contentsOf: Data([0xFF, 0x00, 0xFF]))
    try handle.close()
    let verdict = try Cuvee.run(["verify", built.path])
    #expect(verdict.status == 65)
    #expect(verdict.output.contains("01-articles/shard.00000.mds.zstd: "))
    #expect(
      verdict.errorLines == [
        "error: \(built.path): is damaged; build it again into the same folder, which redoes what "
          + "is damaged"
      ])
    let other = try bench.build(SampleTests.mixture, output: "other")
    try other.expectSound()
    expectSame(try other.tree(), tree)
    let again = try bench.build(SampleTests.mixture)
    try again.expectSound()
    expectSame(try again.tree(), tree)
  }
}
