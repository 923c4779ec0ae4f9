import Bytes
import Testing

@testable import Shards

@Suite struct DocumentsTests {
  private func record(_ ordinal: UInt64, id: String) -> DocumentRecord {
    DocumentRecord(
      ordinal: ordinal, file: UInt32(ordinal % 5), record: ordinal << 34, byteOffset: ordinal << 35,
      textHash: Hash128(high: ordinal &* 3, low: .max - ordinal), tokens: UInt32(ordinal % 900),
      id: id)
  }

  /// Ordinals without gaps, with gaps, from above zero, and more than one frame of them.
  @Test(
    arguments: [
      [], [0], [7], Array(0..<50), [3, 4, 9, 100, 1_000_000_007],
      Array(stride(from: 5, to: 30_000, by: 3)),
    ] as [[UInt64]])
  func everyDocumentIsFound(ordinals: [UInt64]) throws {
    let folder = try ShardsTestFolder()
    var writer = try DocumentsWriter(folder: folder.file("documents/a"), level: 1)
    for ordinal in ordinals {
      try writer.append(record(ordinal, id: ordinal % 4 == 0 ? "" : "id é\n\(ordinal)"))
    }
    #expect(try writer.finish().count == UInt64(ordinals.count))
    var reader = try DocumentsReader(folder: folder.file("documents/a"), displayPath: "d")
    #expect(reader.count == ordinals.count)
    let looked = ordinals.count > 100 ? [0, 1, 4_999, ordinals.count - 1] : Array(ordinals.indices)
    for index in looked {
      let expected = record(
        ordinals[index], id: ordinals[index] % 4 == 0 ? "" : "id é\n\(ordinals[index])")
      #expect(try reader.record(at: index) == expected)
      #expect(try reader.find(ordinal: ordinals[index]) == expected)
    }
    let present = Set(ordinals)
    for absent in [0, 1, 8, 29_999, 1_000_000_008, .max] as [UInt64] where !present.contains(absent)
    {
      #expect(try reader.find(ordinal: absent) == nil)
    }
    #expect(throws: CuveeError.self) { _ = try reader.record(at: ordinals.count) }
  }

  @Test func ordinalsMustRise() throws {
    let folder = try ShardsTestFolder()
    var writer = try DocumentsWriter(folder: folder.path, level: 1)
    try writer.append(record(3, id: ""))
    #expect(throws: CuveeError.self) { try writer.append(record(3, id: "")) }
    #expect(throws: CuveeError.self) { try writer.append(record(2, id: "")) }
  }

  @Test func inputsAreReadBack() throws {
    let folder = try ShardsTestFolder()
    let inputs = (0..<3000).map {
      InputRecord(
        source: "s\($0 % 3)", path: "data/ä \"\($0)\"\n.jsonl", size: .max - UInt64($0),
        sha256: Digest.sha256("\($0)"))
    }
    _ = try InputsFile.write(inputs, to: folder.file("inputs.zst"), level: 3)
    #expect(try InputsFile.read(path: folder.file("inputs.zst"), displayPath: "x") == inputs)
    _ = try InputsFile.write([], to: folder.file("none.zst"), level: 3)
    #expect(try InputsFile.read(path: folder.file("none.zst"), displayPath: "x").isEmpty)
  }
}
