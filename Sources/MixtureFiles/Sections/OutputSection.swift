/// The section `output`.
enum OutputSection {
  static let shardSize = Key.optional(
    // MosaicML Streaming's shards address their rows with 32-bit offsets.
    "shard_size", .byteSize(4096...(2 << 30)),
    "the greatest size of a shard before compression", absent: "256MiB")
  static let compression = Key.optional(
    "compression",
    ValueSyntax<Int32>.scalar(.compression, "zstd:LEVEL with a level from 1 to 22", parse: level),
    "how rows are compressed; a greater level is smaller and slower", absent: "zstd:3")

  static let description = SectionDescription(
    name: "output", summary: "How the shards are written.",
    keys: [shardSize.description, compression.description])

  static let syntax = ValueSyntax<Output>(form: .section(description)) { node, name, reading in
    guard let entries = reading.entries(of: node, description, as: name) else { return nil }
    var output = Output()
    if let size = reading.value(shardSize, in: entries) { output.shardSize = size }
    if let level = reading.value(compression, in: entries) { output.compressionLevel = level }
    return output
  }

  private static func level(_ text: String) -> Int32? {
    guard text.hasPrefix("zstd") else { return nil }
    let rest = text.dropFirst(4)
    if rest.isEmpty { return Output().compressionLevel }
    let digits = rest.dropFirst()
    guard rest.first == ":", digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let level = Int32(digits), (1...22).contains(level)
    else { return nil }
    return level
  }
}
