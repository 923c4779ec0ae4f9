import Foundation
import TestSupport
import Testing

/// A part that cannot be read fails alone, and nothing is half read.
@Suite struct CorruptFileTests {
  /// Files of one source, two of them cut short.
  @Test func corruptPartsFailAlone() throws {
    let bench = try Workbench()
    var corpus = GeneratedCorpus(seed: 4)
    let zstd = try Packer.pack(corpus.jsonl(bytes: 60_000), with: "zstd")
    let gzip = try Packer.pack(corpus.jsonl(bytes: 60_000), with: "gzip")
    for name in ["a", "c", "e"] {
      try bench.folder.write(corpus.jsonl(bytes: 40_000), as: "data/\(name).jsonl")
    }
    try bench.folder.write(zstd.prefix(zstd.count * 2 / 3), as: "data/b.jsonl.zst")
    try bench.folder.write(gzip.prefix(gzip.count * 2 / 3), as: "data/d.jsonl.gz")
    let mixture = try bench.folder.write(
      """
      name: corrupt
      tokenizer: { path: \(Repository.sampleTokenizer) }
      sequence_length: 64
      sources: { a: { paths: ["data/*"], format: jsonl } }
      phases: [{ tokens: 20k, weights: { a: 1 } }]
      """, as: "corrupt.yaml")
    let options = ["--part-size", "1", "--text-part-size", "1MiB"]
    let failed = try bench.tryBuild(mixture, options)
    #expect(failed.status == 65)
    let lines = failed.errorLines
    #expect(lines.count == 2, "\(failed.errors)")
    #expect(lines.first?.hasPrefix("error: data/b.jsonl.zst: ") == true, "\(failed.errors)")
    #expect(lines.last?.hasPrefix("error: data/d.jsonl.gz: ") == true, "\(failed.errors)")
    #expect(!FileManager.default.fileExists(atPath: bench.file("out")))
    let plan = try bench.plan(mixture, options)
    let parts = try #require(plan.parts("ingest"))
    #expect(parts >= 5)
    #expect(plan.done("ingest") == 2)
    // The same again fails in the same way, and does nothing that was done.
    let again = try bench.tryBuild(mixture, options)
    #expect(again.errorLines == lines)
    try bench.folder.write(zstd, as: "data/b.jsonl.zst")
    let half = try bench.tryBuild(mixture, options)
    #expect(half.status == 65)
    #expect(half.errorLines.count == 1)
    try bench.folder.write(gzip, as: "data/d.jsonl.gz")
    let mended = try bench.build(mixture, options)
    #expect(mended.stages.done("ingest") == 1)
    try mended.expectSound()
    expectSame(
      try mended.tree(), try bench.build(mixture, output: "fresh", cache: "fresh-cache").tree())
  }
}
