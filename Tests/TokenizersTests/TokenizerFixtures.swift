import Foundation

@testable import Tokenizers

/// Files and helpers of these tests.
enum TokenizerFixtures {
  /// Texts, and the ids that the reference implementations give for them.
  struct Golden: Decodable {
    var texts: [String]
    var ids: [String: [[UInt32]]]
  }

  /// The path of a fixture.
  static func path(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(name)").path
  }

  /// Golden ids.
  static func golden(_ name: String) throws -> Golden { try decode(Golden.self, name) }

  /// A fixture in JSON.
  static func decode<Content: Decodable>(_: Content.Type, _ name: String) throws -> Content {
    let data = try Data(contentsOf: URL(fileURLWithPath: path(name)))
    return try JSONDecoder().decode(Content.self, from: data)
  }

  /// A tiny tokenizer.
  static func load(_ name: String) throws -> LoadedTokenizer {
    try TokenizerCatalogue.load(
      TokenizerSpecification(
        path: path(name), pattern: name.hasSuffix(".tiktoken") ? "gpt2" : nil),
      displayPath: name)
  }

  /// Unpacked real data, where there is some.
  static let realData = ProcessInfo.processInfo.environment["CUVEE_TESTDATA"].flatMap {
    $0.isEmpty ? nil : $0
  }

  /// The texts as a batch: one after another, with their ends.
  static func batch(_ texts: [String]) -> (text: [UInt8], ends: [Int]) {
    var text: [UInt8] = []
    var ends: [Int] = []
    for item in texts {
      text += Array(item.utf8)
      ends.append(text.count)
    }
    return (text, ends)
  }

  /// The ids of each text, by one call for all of them.
  static func encode(_ texts: [String], _ tokenizer: any Tokenizer) -> [[UInt32]] {
    let (text, ends) = batch(texts)
    var ids: [UInt32] = []
    var idEnds: [Int] = []
    tokenizer.makeEncoder().encodeBatch(text: text.span, ends: ends, into: &ids, idEnds: &idEnds)
    return zip([0] + idEnds, idEnds).map { Array(ids[$0..<$1]) }
  }

  /// The ids of one text by itself.
  static func encode(_ text: [UInt8], _ tokenizer: any Tokenizer) -> [UInt32] {
    var ids: [UInt32] = []
    tokenizer.makeEncoder().encode(text.span, into: &ids)
    return ids
  }

  /// Files with contents of the caller's, in a folder that goes when the body ends.
  static func withFiles(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("TokenizersTests-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, content) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(content.utf8).write(to: file)
    }
    try body(folder.path)
  }
}
