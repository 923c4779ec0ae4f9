import Bytes
import Filters
import Foundation
import Pipeline
import Synchronization
import TestSupport
import Testing

@Suite struct FilterRunTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../..").standardized.path

  private struct Page: Decodable {
    var text: String
    var reason: String?
    var clean: String?
  }

  // Invariant: filled by the one thread that commits.
  private final class Shown: Sendable {
    let documents = Mutex<[FilteredDocument]>([])
  }

  private func run(
    workers: Int, output: String? = nil
  ) throws -> (FilterTotals, [FilteredDocument]) {
    let filter = try FilterCatalogue.load("c4-lines", folders: ["\(Self.root)/Filters"])
    let shown = Shown()
    let totals = try FilterRun(
      files: ["\(Self.root)/Tests/FiltersTests/Fixtures/c4.jsonl"], format: nil, text: nil,
      chain: try filter.chain(), workers: workers, badShare: BadShareLimit(option: "100%")
    ).run(output: try output.map { try newFile($0) }) { document in
      shown.documents.withLock { $0.append(document) }
    }
    return (totals, shown.documents.withLock { $0 })
  }

  /// The filter file gives what C4's own code gives, from file to text.
  @Test func c4LinesIsC4() throws {
    let data = try Data(
      contentsOf: URL(fileURLWithPath: "\(Self.root)/Tests/FiltersTests/Fixtures/c4.jsonl"))
    let pages = try data.split(separator: 0x0A)
      .map { try JSONDecoder().decode(Page.self, from: $0) }.filter { !$0.text.isEmpty }
    let (totals, documents) = try run(workers: 2)
    #expect(documents.count == pages.count && totals.documents == UInt64(pages.count))
    for (page, document) in zip(pages, documents) {
      #expect(document.reason == page.reason)
      #expect(document.text.map { String(decoding: $0, as: UTF8.self) } == page.clean)
    }
    let dropped = totals.steps.reduce(0) { $0 + $1.documents }
    #expect(totals.documents == totals.keptDocuments + dropped)
    let bytes = totals.steps.reduce(0) { $0 + $1.documentBytes + $1.lineBytes }
    #expect(Int64(totals.bytes) == Int64(totals.keptBytes + bytes) + totals.trimmedBytes)
  }

  @Test func documentsAreLinesOfJSON() throws {
    for document in try run(workers: 1).1 {
      var line: [UInt8] = []
      document.appendJSON(to: &line)
      let value = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      #expect(value?["kept"] as? Bool == document.kept)
      #expect((value?["lines"] as? [Any])?.count == document.lines.count)
    }
  }

  @Test func whatIsNotThereIsNamed() {
    let error = #expect(throws: CuveeError.self) {
      try FilterCatalogue.load("c5", folders: ["a", "b"])
    }
    let message = error?.message ?? ""
    #expect(message.hasPrefix("no filter \"c5\"; built in are bad-words, c4, c4-lines, "))
    #expect(message.hasSuffix("; looked for a/c5.yaml, b/c5.yaml"))
    #expect(error?.kind == .missingInput)
  }
}
