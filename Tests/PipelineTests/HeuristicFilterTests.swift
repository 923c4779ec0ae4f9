import Bytes
import Documents
import Filters
import Foundation
import Pipeline
import Testing

/// The filters of published heuristics give the verdicts of the programs that they name.
@Suite struct HeuristicFilterTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../..").standardized.path

  private struct Row: Decodable {
    var text: String
    /// datatrove's reason by the filter's name; null where the text is kept.
    var reasons: [String: String?]
  }

  private static func rows() throws -> [Row] {
    let path = "\(root)/Tests/FiltersTests/Fixtures/heuristics.jsonl"
    return try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: 0x0A).map {
      try JSONDecoder().decode(Row.self, from: $0)
    }
  }

  /// The reasons for texts in batches of some size.
  private static func reasons(_ filter: String, _ texts: [String], batch: Int) throws -> [String?] {
    let chain = try FilterCatalogue.load(filter, folders: ["\(root)/Filters"]).chain()
    var runner = chain.makeRunner()
    var found: [String?] = []
    for start in stride(from: 0, to: texts.count, by: batch) {
      var documents = DocumentBatch()
      for text in texts[start..<min(texts.count, start + batch)] {
        documents.append(
          text: Array(text.utf8).span, id: [UInt8]().span,
          origin: Origin(file: 0, record: 0, byteOffset: 0))
      }
      runner.apply(to: &documents)
      for verdict in documents.verdicts {
        if case .drop(let reason) = verdict {
          found.append(chain.reasons[Int(reason)].name)
        } else {
          found.append(nil)
        }
      }
    }
    return found
  }

  @Test(arguments: ["gopher-quality", "gopher-repetition", "fineweb-quality"])
  func verdictsAreDatatroves(filter: String) throws {
    let rows = try Self.rows()
    let texts = rows.map(\.text)
    let found = try Self.reasons(filter, texts, batch: 50)
    for (row, reason) in zip(rows, found) {
      #expect(reason == (row.reasons[filter] ?? nil), "\(row.text.debugDescription)")
    }
    // The batches do not matter.
    #expect(try Self.reasons(filter, texts, batch: 1) == found)
    #expect(try Self.reasons(filter, texts, batch: 1000) == found)
    // Every reason of the filter but one of very long texts was there.
    let chain = try FilterCatalogue.load(filter, folders: ["\(Self.root)/Filters"]).chain()
    let missing = Set(chain.reasons.map(\.name)).subtracting(found.compactMap { $0 })
    #expect(
      missing.isSubset(of: ["gopher_long_doc", "gopher_too_many_bullets", "empty", "empty_text"]),
      "\(missing)")
  }
}
