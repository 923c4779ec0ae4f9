import Bytes
import Deduplication
import Foundation
import Testing

@testable import Pipeline

@Suite struct StepEntriesTests {
  private static func entries(_ steps: [(step: String, rule: String)]) -> StepEntries {
    var entries = StepEntries()
    for (step, rule) in steps {
      entries.add(step: step, rule: rule, reason: "reason", isShown: true)
    }
    return entries
  }

  @Test func stepsOfOneNameGetNumbers() {
    let entries = Self.entries([
      ("deduplicate lines", "lines"), ("deduplicate lines", "empty"), ("f/cut", "cut"),
      ("f/empty", "empty"), ("deduplicate lines", "lines"), ("deduplicate lines", "empty"),
      ("f/cut", "cut"), ("f/cut", "cut"),
    ])
    #expect(
      entries.all.map(\.id) == [
        "deduplicate lines", "deduplicate lines/empty", "f/cut", "f/empty", "deduplicate lines 2",
        "deduplicate lines/empty 2", "f/cut 2", "f/cut 3",
      ])
  }

  /// An account that was stored before other steps came first is read by its ids.
  @Test func accountsGoByIDs() throws {
    let before = Self.entries([("a", "a"), ("b", "b")])
    let after = Self.entries([("new", "new"), ("a", "a"), ("other", "other"), ("b", "b")])
    var account: [StepAccount] = .empty(2)
    account[1].lines = Tally(documents: 3, bytes: 30)
    let stored = before.stored(account)
    #expect(Array(stored.keys) == ["b"])
    #expect(try after.account(stored).map(\.lines.documents) == [0, 0, 0, 3])
    let error = #expect(throws: CuveeError.self) {
      try Self.entries([("a", "a")]).account(stored)
    }
    #expect(error?.message.contains("\"b\"") == true)
  }

  @Test func countsOfSlotsAreNotBelievedUnchecked() throws {
    let counts = SlotCounts(counts: (0..<UInt64(SignatureSlots.count)).map { $0 % 7 })
    let bytes = try JSONEncoder().encode(counts)
    #expect(try JSONDecoder().decode(SlotCounts.self, from: bytes) == counts)
    let text = String(decoding: bytes, as: UTF8.self)
    for bad in [
      "\"\"", "\"1 2 3\"", "[1]", text.replacing(" 6 ", with: " x "),
      text.replacing(" 6 ", with: " -6 "),
      text.replacing(" 6 ", with: " 99999999999999999 "), text.replacing(" 6 ", with: " "),
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(SlotCounts.self, from: Data(bad.utf8))
      }
    }
  }

  @Test func samplesThatWereDamagedAreErrors() throws {
    let folder = try PipelineTestFolder()
    let entries = Self.entries([("a", "a"), ("b", "b")])
    var keeper = SampleKeeper(entries: 2)
    keeper.add([
      AuditSample(
        order: 5, entry: 1, file: 2, json: Array("\"x\":1".utf8),
        removed: AuditSample.Place(document: 3, piece: 4)),
      AuditSample(order: 4, entry: 0, file: 0, json: [], removed: nil),
      AuditSample(order: 3, entry: 1, file: 1, json: Array("\"y\":2".utf8), removed: nil),
    ])
    try keeper.write(to: folder.path, entries)
    let samples = try SampleKeeper.read(from: folder.path, entries)
    #expect(samples.map(\.order) == [4, 3, 5] && samples.map(\.entry) == [0, 1, 1])
    #expect(samples[2].removed == AuditSample.Place(document: 3, piece: 4))
    #expect(samples[1].removed == nil && samples[2].json == Array("\"x\":1".utf8))
    let path = folder.path + "/" + SampleKeeper.fileName
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    // Where a step's samples end nothing says that more were there; a receipt's checksum does.
    let ends = [12, 12 + 9 + 24, whole.count]
    for length in 0..<whole.count where !ends.contains(length) {
      try whole.prefix(length).write(to: URL(fileURLWithPath: path))
      #expect(throws: CuveeError.self, "\(length)") {
        try SampleKeeper.read(from: folder.path, entries)
      }
    }
    try whole.write(to: URL(fileURLWithPath: path))
    #expect(throws: CuveeError.self, "an id that the source does not have") {
      try SampleKeeper.read(from: folder.path, Self.entries([("a", "a"), ("c", "c")]))
    }
  }
}
