import Bytes
import Declarations
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

  private static func rows(_ fixture: String) throws -> [Row] {
    let path = "\(root)/Tests/FiltersTests/Fixtures/\(fixture)"
    return try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: 0x0A).map {
      try JSONDecoder().decode(Row.self, from: $0)
    }
  }

  private static func chain(_ filter: String) throws -> FilterChain {
    try FilterCatalogue.load(filter, folders: ["\(root)/Filters"]).chain()
  }

  /// The filter with NLTK's words in all steps that count words.
  private static func treebankChain(_ filter: String) throws -> FilterChain {
    var changed = 0
    let steps = try chain(filter).steps.map { step in
      guard case .choice(let name)? = step.parameters["metric"],
        let metric = Metrics.declarations.first(where: { $0.name == name }),
        metric.parameters.contains(where: { $0.name == "word_splitting" })
      else { return step }
      changed += 1
      var step = step
      step.parameters["word_splitting"] = .choice("treebank")
      return step
    }
    #expect(changed > 0)
    return try FilterChain(steps)
  }

  /// The reasons for texts in batches of some size.
  private static func reasons(
    _ chain: FilterChain, _ texts: [String], batch: Int
  ) throws -> [String?] {
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
    let chain = try Self.chain(filter)
    let rows = try Self.rows("heuristics.jsonl")
    let texts = rows.map(\.text)
    let found = try Self.reasons(chain, texts, batch: 50)
    for (row, reason) in zip(rows, found) {
      #expect(reason == (row.reasons[filter] ?? nil), "\(row.text.debugDescription)")
    }
    // The batches do not matter.
    #expect(try Self.reasons(chain, texts, batch: 1) == found)
    #expect(try Self.reasons(chain, texts, batch: 1000) == found)
    // Every reason of the filter but one of very long texts was there.
    let missing = Set(chain.reasons.map(\.name)).subtracting(found.compactMap { $0 })
    #expect(
      missing.isSubset(of: ["gopher_long_doc", "gopher_too_many_bullets", "empty", "empty_text"]),
      "\(missing)")
  }

  @Test(arguments: ["gopher-quality", "gopher-repetition", "fineweb-quality"])
  func verdictsAreDatatrovesWithNLTKsWords(filter: String) throws {
    let chain = try Self.treebankChain(filter)
    let rows = try Self.rows("treebank.jsonl")
    let texts = rows.map(\.text)
    let found = try Self.reasons(chain, texts, batch: 50)
    for (row, reason) in zip(rows, found) {
      #expect(reason == (row.reasons[filter] ?? nil), "\(row.text.debugDescription)")
    }
    #expect(try Self.reasons(chain, texts, batch: 1) == found)
    // Some texts get another verdict than with words between white space.
    #expect(try Self.reasons(Self.chain(filter), texts, batch: 50) != found)
  }
}
