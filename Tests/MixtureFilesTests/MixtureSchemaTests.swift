import Foundation
import MixtureFiles
import Testing

@Suite struct MixtureSchemaTests {
  private static let schema = MixtureSchema.json(vocabulary: MixtureFilesSamples.vocabulary)

  private func root() throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(Self.schema.utf8))
    return try #require(object as? [String: Any])
  }

  @Test func itIsTheSameEachTime() {
    #expect(MixtureSchema.json(vocabulary: MixtureFilesSamples.vocabulary) == Self.schema)
  }

  @Test func theTopHasEveryKey() throws {
    let root = try root()
    #expect(root["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(root["additionalProperties"] as? Bool == false)
    #expect(
      root["required"] as? [String] == [
        "name", "tokenizer", "sequence_length", "sources", "phases",
      ])
    let properties = try #require(root["properties"] as? [String: Any])
    #expect(
      properties.keys.sorted() == [
        "decontaminate", "deduplicate", "exclude", "hold_out", "max_bad_records", "max_bad_share",
        "name",
        "on_bad_record", "output", "packing", "phases", "repetition", "seed", "sequence_length",
        "sources", "special_tokens", "steps", "tokenizer",
      ])
    let seed = try #require(properties["seed"] as? [String: Any])
    #expect(seed["maximum"] as? UInt64 == .max)
    let packing = try #require(properties["packing"] as? [String: Any])
    #expect(packing["enum"] as? [String] == ["concatenate", "best-fit", "one-document"])
  }

  @Test func eachFormatHasItsOwnKeys() throws {
    let properties = try #require(root()["properties"] as? [String: Any])
    let sources = try #require(properties["sources"] as? [String: Any])
    let source = try #require(sources["additionalProperties"] as? [String: Any])
    let alternatives = try #require(source["anyOf"] as? [[String: Any]])
    var keys: [String: [String]] = [:]
    for alternative in alternatives {
      let properties = try #require(alternative["properties"] as? [String: Any])
      let format = try #require(properties["format"] as? [String: Any])
      keys[try #require(format["const"] as? String)] = properties.keys.sorted()
    }
    #expect(keys["jsonl"] == ["format", "id", "paths", "steps", "text", "timestamp", "url"])
    #expect(keys["text"] == ["format", "paths", "steps"])
    #expect(
      keys["natural-instructions"] == [
        "examples", "format", "id", "max_documents_per_file", "paths", "steps", "text",
        "timestamp", "url",
      ])
  }
}
