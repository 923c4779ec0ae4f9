import Bytes

/// What the stages after a text part need to know of it.
struct TextFacts: Codable, Sendable {
  /// SHA-256 of the sizes and XXH3-128 of its frames: what the stages after it depend on.
  var digest = Digest.sha256("")
  /// Its uncompressed bytes, all columns of its documents included.
  var bytes: UInt64 = 0
  /// The documents in each of its frames.
  var frameDocuments: [UInt32] = []
  /// Its documents, and the bytes of their texts.
  var kept = Tally()
}

/// A finished text part: the unit of all that comes after ingest.
struct TextPart: Sendable {
  /// The source's ordinal.
  let source: Int
  /// The input part's ordinal in the source.
  let inputPart: Int
  /// The stage that has made it.
  let stage: Stage
  /// Its key among the results of that stage.
  let key: Digest
  /// What it is.
  let facts: TextFacts

  /// Its path in a cache, to read it.
  func path(in cache: StageCache) throws(CuveeError) -> String {
    try cache.open(stage, key) + "/" + TextPartFile.name
  }
}
