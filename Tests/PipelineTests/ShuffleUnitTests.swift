import Bytes
import Foundation
import Mixing
import Shards
import Testing

@testable import Pipeline

@Suite struct ShuffleUnitTests {
  /// A document of a test, with all that the shuffle knows of it.
  private struct Document {
    var part: Int
    var file: Int
    var record: UInt64
    var tokens: [UInt8]
  }

  private static let sourceName = "pile"
  // The second and the third file have equal hashes, so that keys are equal too.
  private static let pathHashes: [[UInt64]] = [[11, 22], [22], [33, 44, 55]]

  private let folder: PipelineTestFolder
  private let cache: StageCache
  private let environment: UnitEnvironment

  init() throws {
    folder = try PipelineTestFolder()
    cache = try StageCache(root: folder.file("cache"))
    environment = .testing(cache)
  }

  private func randomDocuments(
    _ count: Int, width: Int, _ random: inout StableRandom
  ) -> [Document] {
    var records: [Int: UInt64] = [:]
    return (0..<count).map { index in
      let part = index * 3 / max(1, count)
      let file = random.below(Self.pathHashes[part].count)
      let record = records[part * 10 + file, default: 0]
      records[part * 10 + file] = record + 1
      let length = random.below(10) == 0 ? 0 : random.below(random.below(20) == 0 ? 2000 : 40)
      return Document(
        part: part, file: file, record: record,
        tokens: (0..<length * width).map { _ in UInt8(random.below(256)) })
    }
  }

  /// Puts documents into token parts of the cache.
  private func store(
    _ documents: [Document], width: Int, run: Int
  ) throws -> [ShuffleInput] {
    var firstDocument: UInt64 = 0
    return try Self.pathHashes.indices.map { part in
      let own = documents.filter { $0.part == part }
      let key = Digest.sha256("part \(part) of run \(run)")
      let facts = try cache.produce(.tokenise, key, label: "part") { folder throws(CuveeError) in
        var writer = try TokenPartWriter(folder: folder, width: width)
        for batch in stride(from: 0, to: own.count, by: 7) {
          var tokens: [UInt8] = []
          var entries: [TokenisedDocument] = []
          for document in own[batch..<min(own.count, batch + 7)] {
            var entry = TokenisedDocument()
            entry.tokenStart = UInt64(tokens.count / width)
            entry.tokens = UInt32(document.tokens.count / width)
            entry.file = UInt32(document.file)
            entry.record = document.record
            entries.append(entry)
            tokens += document.tokens
          }
          try writer.append(
            documents: entries, ids: [UInt8]().span, edits: [UInt8]().span)
          try writer.append(tokens: tokens.span)
        }
        try writer.finish()
        return TokeniseFacts(
          tokens: writer.tokens, kept: Tally(documents: writer.documents, bytes: 0), steps: [:])
      }
      defer { firstDocument += UInt64(own.count) }
      return ShuffleInput(
        part: StoredTokenPart(source: 0, inputPart: part, key: key, facts: facts),
        firstDocument: firstDocument, pathHashes: Self.pathHashes[part])
    }
  }

  private func shuffle(
    _ inputs: [ShuffleInput], width: Int, memory: UInt64, seed: UInt64 = 1, epoch: Int = 0
  ) throws -> (rows: [UInt8], documents: [UInt8], facts: ShuffleFacts) {
    let unit = ShuffleUnit(
      sourceName: Self.sourceName, epoch: epoch, seed: seed, width: width, inputs: inputs,
      memory: memory)
    let output = try folder.makeFolder(UUID().uuidString)
    let facts = try unit.produce(into: output, environment)
    #expect(try names(in: output) == [ShuffledRows.documentsFile, ShuffledRows.rowsFile])
    #expect(try names(in: cache.stagingRoot) == [])
    return (
      try contents(output + "/" + ShuffledRows.rowsFile),
      try contents(output + "/" + ShuffledRows.documentsFile), facts
    )
  }

  /// The ordinals of documents in the order that they should have.
  private func order(_ documents: [Document], seed: UInt64 = 1, epoch: Int = 0) -> [Int] {
    let seed = ShuffleKey.seed(mixture: seed, source: Self.sourceName, epoch: epoch)
    let keys = documents.map {
      ShuffleKey.key(
        seed: seed, pathHash: Self.pathHashes[$0.part][$0.file], record: $0.record)
    }
    return documents.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
  }

  private func expectOrder(
    _ documents: [Document], _ result: (rows: [UInt8], documents: [UInt8], facts: ShuffleFacts),
    width: Int, _ order: [Int]
  ) {
    var rows: [UInt8] = []
    var entries: [UInt8] = []
    for index in order {
      rows += documents[index].tokens
      entries.appendLittleEndian(UInt64(rows.count / width))
      entries.appendLittleEndian(UInt64(index))
    }
    #expect(result.rows == rows)
    #expect(result.documents == entries)
    #expect(result.facts.documents == UInt64(documents.count))
    #expect(result.facts.tokens == UInt64(rows.count / width))
  }

  @Test(arguments: [2, 4], [0, 1, 2, 40, 400])
  func memoryAndCellsGiveTheOrderOfASort(width: Int, count: Int) throws {
    var random = testRandom("shuffle \(width) \(count)")
    let documents = randomDocuments(count, width: width, &random)
    let inputs = try store(documents, width: width, run: 0)
    let size = UInt64(documents.reduce(0) { $0 + $1.tokens.count })
    let wanted = order(documents)
    // All at once, then in ever more cells; 100 bytes is less than most documents have.
    for memory in [size, size - min(1, size), size / 3, size / 50, 100, 1, 0] {
      let result = try shuffle(inputs, width: width, memory: memory)
      expectOrder(documents, result, width: width, wanted)
    }
  }

  @Test func documentsLargerThanAnyBufferGoThroughToo() throws {
    var random = testRandom("large")
    var documents = randomDocuments(30, width: 2, &random)
    for index in [3, 17, 18] {
      // More than the 1 MiB that is read at once, and than a cell's buffer.
      documents[index].tokens = patternBytes(1_200_000 + index * 2)
    }
    let inputs = try store(documents, width: 2, run: 0)
    for memory in [1 << 30, 1 << 20] as [UInt64] {
      expectOrder(
        documents, try shuffle(inputs, width: 2, memory: memory), width: 2, order(documents))
    }
  }

  private func patternBytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 * 31 + 7) }
  }

  @Test func seedsAndEpochsGiveOtherOrders() throws {
    var random = testRandom("epochs")
    let documents = randomDocuments(200, width: 2, &random)
    let inputs = try store(documents, width: 2, run: 0)
    var seen: Set<[UInt8]> = []
    for (seed, epoch) in [(1, 0), (1, 1), (2, 0), (2, 1)] as [(UInt64, Int)] {
      for memory in [1 << 30, 2000] as [UInt64] {
        let result = try shuffle(inputs, width: 2, memory: memory, seed: seed, epoch: epoch)
        expectOrder(documents, result, width: 2, order(documents, seed: seed, epoch: epoch))
        seen.insert(result.documents)
      }
    }
    #expect(seen.count == 4)
  }

  @Test func aRemovedDocumentMovesNoOther() throws {
    var random = testRandom("removal")
    let documents = randomDocuments(120, width: 2, &random)
    let before = try shuffle(try store(documents, width: 2, run: 0), width: 2, memory: 1 << 30)
    let removed = Set((0..<10).map { _ in random.below(documents.count) })
    let kept = documents.indices.filter { !removed.contains($0) }
    let after = try shuffle(
      try store(kept.map { documents[$0] }, width: 2, run: 1), width: 2, memory: 500)
    func ordinals(_ entries: [UInt8]) -> [Int] {
      stride(from: 8, to: entries.count, by: 16).map {
        Int(entries.loadLittleEndian(UInt64.self, at: $0))
      }
    }
    #expect(
      ordinals(after.documents).map { kept[$0] }
        == ordinals(before.documents).filter { !removed.contains($0) })
  }
}
