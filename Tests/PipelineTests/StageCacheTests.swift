import Bytes
import Foundation
import Testing

@testable import Pipeline

@Suite struct StageCacheTests {
  private struct Facts: Codable, Equatable { var number: Int }

  private let folder: PipelineTestFolder
  private let key = Digest.sha256("key")

  init() throws { folder = try PipelineTestFolder() }

  private func write(_ texts: [String: String], into folder: String) throws(CuveeError) {
    do {
      for (name, text) in texts {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
      }
    } catch {
      throw .io("\(error)")
    }
  }

  private func produce(
    _ cache: StageCache, _ number: Int, files: [String: String] = ["a.bin": "abc", "b": ""]
  ) throws -> Facts {
    try cache.produce(.mix, key, label: "order") { folder throws(CuveeError) in
      try write(files, into: folder)
      return Facts(number: number)
    }
  }

  @Test func workIsDoneOnce() throws {
    let cache = try StageCache(root: folder.file("cache"))
    #expect(try cache.facts(.mix, key, as: Facts.self) == nil)
    #expect(try produce(cache, 1) == Facts(number: 1))
    // The second body would give other facts.
    #expect(try produce(cache, 2) == Facts(number: 1))
    #expect(try cache.facts(.mix, key, as: Facts.self) == Facts(number: 1))
    #expect(try cache.facts(.mix, Digest.sha256("other"), as: Facts.self) == nil)
    #expect(try cache.facts(.write, key, as: Facts.self) == nil)
    #expect(try names(in: cache.stagingRoot) == [])
    let result = folder.file("cache/mix/\(key.hex)")
    #expect(cache.folder(.mix, key) == result)
    #expect(try names(in: result) == ["a.bin", "b", "receipt.json"])
    #expect(try contents(result + "/a.bin") == Array("abc".utf8))
  }

  @Test func theReceiptTellsWhatLiesBesideIt() throws {
    let cache = try StageCache(root: folder.file("cache"))
    _ = try produce(cache, 5)
    let receipt = try #require(
      try ReceiptStore.read(Receipt<Facts>.self, from: cache.folder(.mix, key)))
    #expect(receipt.stage == .mix && receipt.key == key && receipt.label == "order")
    #expect(receipt.toolVersion == ToolVersion.current && receipt.facts == Facts(number: 5))
    #expect(receipt.files.map(\.name) == ["a.bin", "b"])
    #expect(receipt.files.map(\.bytes) == [3, 0])
    // XXH3 of "abc" and of nothing, by the package xxhash of PyPI.
    #expect(receipt.files.map(\.xxh3) == ["78af5f94892f3950", "2d06800538d394c2"])
  }

  @Test func aFailedBodyLeavesNothing() throws {
    let cache = try StageCache(root: folder.file("cache"))
    #expect(throws: CuveeError.badData("no")) {
      try cache.produce(.mix, key, label: "order") { folder throws(CuveeError) -> Facts in
        try write(["half": "made"], into: folder)
        throw .badData("no")
      }
    }
    #expect(try names(in: cache.stagingRoot) == [])
    #expect(try cache.facts(.mix, key, as: Facts.self) == nil)
    #expect(try produce(cache, 3) == Facts(number: 3))
  }

  @Test(arguments: [
    (nil, "a.bin is missing"), ("ab", "a.bin has 2 bytes instead of 3"),
    ("abcd", "a.bin has 4 bytes instead of 3"),
    ("abd", "a.bin holds other bytes than were written"),
  ])
  func aDamagedFileIsNamedAndDoneAgain(content: String?, problem: String) throws {
    let root = folder.file("cache")
    _ = try produce(try StageCache(root: root), 1)
    // Another run: what a run has written itself it does not read again.
    let cache = try StageCache(root: root)
    let path = cache.folder(.mix, key) + "/a.bin"
    try FileManager.default.removeItem(atPath: path)
    if let content { try Data(content.utf8).write(to: URL(fileURLWithPath: path)) }
    if content?.count == 3 {
      #expect(try cache.facts(.mix, key, as: Facts.self) == Facts(number: 1))
      let error = #expect(throws: CuveeError.self) { try cache.open(.mix, key) }
      #expect(error?.message.contains(problem) == true)
    }
    #expect(try cache.facts(.mix, key, as: Facts.self) == nil)
    let damages = cache.takeDamages()
    #expect(damages.map(\.problem) == [problem] && damages.first?.label == "order")
    #expect(cache.takeDamages().isEmpty)
    #expect(try names(in: root + "/damaged") == ["mix-\(key.hex)"])
    #expect(try produce(cache, 2) == Facts(number: 2))
    #expect(try contents(try cache.open(.mix, key) + "/a.bin") == Array("abc".utf8))
  }

  /// Every bit of a receipt counts.
  @Test func aDamagedReceiptIsNeverBelieved() throws {
    let root = folder.file("cache")
    _ = try produce(try StageCache(root: root), 1)
    let path = "\(root)/mix/\(key.hex)/receipt.json"
    let whole = try contents(path)
    for index in whole.indices {
      let cache = try StageCache(root: root)
      var bytes = whole
      bytes[index] ^= 1 << UInt8(index % 8)
      try folder.write(bytes, to: "cache/mix/\(key.hex)/receipt.json")
      #expect(try cache.facts(.mix, key, as: Facts.self) == nil, "byte \(index)")
      #expect(try produce(cache, 1) == Facts(number: 1))
    }
    for length in 0..<whole.count {
      let cache = try StageCache(root: root)
      try folder.write(whole.prefix(length), to: "cache/mix/\(key.hex)/receipt.json")
      #expect(try cache.facts(.mix, key, as: Facts.self) == nil, "\(length) bytes")
      #expect(try produce(cache, 1) == Facts(number: 1))
    }
  }

  @Test func theResultOfAnotherUnitIsNotTaken() throws {
    let root = folder.file("cache")
    _ = try produce(try StageCache(root: root), 1)
    let other = Digest.sha256("other")
    try FileManager.default.copyItem(
      atPath: "\(root)/mix/\(key.hex)", toPath: "\(root)/mix/\(other.hex)")
    let cache = try StageCache(root: root)
    #expect(throws: CuveeError.self) { try cache.open(.mix, other) }
    #expect(try cache.open(.mix, key) == "\(root)/mix/\(key.hex)")
  }

  @Test func aFolderWithoutAReceiptIsMadeAnew() throws {
    // What is left when the removal of a result was cut short.
    let cache = try StageCache(root: folder.file("cache"))
    try folder.write("old", to: "cache/mix/\(key.hex)/a.bin")
    #expect(try produce(cache, 1) == Facts(number: 1))
    #expect(try contents(cache.folder(.mix, key) + "/a.bin") == Array("abc".utf8))
    #expect(try cache.facts(.mix, key, as: Facts.self) == Facts(number: 1))
  }

  @Test func theFirstOfTwoProcessesWins() throws {
    let root = folder.file("cache")
    let (one, other) = (try StageCache(root: root), try StageCache(root: root))
    let staged = try one.begin(.mix, key, label: "order")
    try write(["a": "slow"], into: staged.path)
    _ = try produce(other, 2, files: ["a": "fast"])
    try staged.commit(Facts(number: 1))
    #expect(try one.facts(.mix, key, as: Facts.self) == Facts(number: 2))
    #expect(try contents(one.folder(.mix, key) + "/a") == Array("fast".utf8))
    #expect(try names(in: one.stagingRoot) == [])
  }

  @Test func whatAKilledRunLeftGoesWhenNobodyElseIsIn() throws {
    try folder.write("half", to: "cache/staging/\(key.hex).1.1/a.bin")
    let first = try StageCache(root: folder.file("cache"))
    #expect(try names(in: first.stagingRoot) == [])
    try folder.write("half", to: "cache/staging/\(key.hex).1.1/a.bin")
    let second = try StageCache(root: folder.file("cache"))
    #expect(try names(in: second.stagingRoot) == ["\(key.hex).1.1"])
    withExtendedLifetime(first) {}
  }

  @Test func listsAndPrunes() throws {
    let root = folder.file("cache")
    #expect(try CacheListing(root: folder.file("none")).stages.allSatisfy(\.entries.isEmpty))
    let none = try CachePruner.prune(root: folder.file("none"), stage: nil, .all)
    #expect(none.entries == 0)
    #expect(!FileManager.default.fileExists(atPath: folder.file("none")))
    do {
      let cache = try StageCache(root: root)
      _ = try produce(cache, 1)
      for name in ["x", "y"] {
        _ = try cache.produce(.ingest, Digest.sha256(name), label: name) {
          folder throws(CuveeError) in
          try write(["text": "\(name)\(name)"], into: folder)
          return Facts(number: 0)
        }
      }
      let error = #expect(throws: CuveeError.self) {
        try CachePruner.prune(root: root, stage: nil, .all)
      }
      #expect(error?.kind == .failed)
      withExtendedLifetime(cache) {}
    }
    let listing = try CacheListing(root: root)
    #expect(listing.stages.map(\.stage) == Stage.allCases)
    let ingest = try #require(listing.stages.first { $0.stage == .ingest })
    let receipts = try ["x", "y"].map {
      try contents("\(root)/ingest/\(Digest.sha256($0).hex)/receipt.json").count
    }
    #expect(
      Int(ingest.bytes) == 4 + receipts[0] + receipts[1]
        && Set(ingest.entries.map(\.label)) == ["x", "y"])
    #expect(listing.stages.first { $0.stage == .mix }?.bytes ?? 0 > 3)

    // Of three results one is older than a week.
    let old = Date(timeIntervalSinceNow: -8 * 86400)
    try FileManager.default.setAttributes(
      [.modificationDate: old],
      ofItemAtPath: "\(root)/ingest/\(Digest.sha256("x").hex)/receipt.json")
    #expect(try CachePruner.prune(root: root, stage: .mix, .unused(days: 7)).entries == 0)
    let week = try CachePruner.prune(root: root, stage: nil, .unused(days: 7))
    #expect(week.entries == 1 && Int(week.bytes) == 2 + receipts[0])
    let mix = try CachePruner.prune(root: root, stage: .mix, .all)
    #expect(mix.entries == 1 && mix.bytes > 3)
    #expect(try CacheListing(root: root).stages.flatMap(\.entries).map(\.label) == ["y"])
    #expect(try CachePruner.prune(root: root, stage: nil, .all).entries == 1)
    #expect(try CacheListing(root: root).stages.allSatisfy(\.entries.isEmpty))
  }
}
