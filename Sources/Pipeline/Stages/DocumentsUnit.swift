import Bytes
import Shards
import Streams

/// Writes the table of the documents of a source that the rows hold.
struct DocumentsUnit: KeyedUnit {
  typealias Facts = DocumentsSummary
  static let stage = Stage.documents

  /// A token part, with the place of its files in the mixture's list of inputs.
  struct Input: Sendable {
    let part: StoredTokenPart
    /// The ordinal, in the source, of its first document.
    let firstDocument: UInt64
    /// The ordinals, in the list of inputs, of its input part's files.
    let files: [UInt32]
  }

  let sourceName: String
  let inputs: [Input]
  /// The shuffles of the epochs that were begun, with the tokens of each that rows hold.
  let epochs: [(key: Digest, tokens: UInt64)]
  let width: Int
  let level: Int32

  var label: String { sourceName }
  var size: UInt64 { inputs.reduce(0) { $0 + $1.part.facts.documents } * 64 }

  var key: Digest {
    var key = KeyBuilder("documents", version: ToolVersion.formats)
    for input in inputs {
      key.add("part", input.part.key)
      for file in input.files { key.add("file", file) }
    }
    for epoch in epochs {
      key.add("epoch", epoch.key)
      key.add("tokens", epoch.tokens)
    }
    key.add("level", level)
    key.add("zstd", ZstdLibrary.version)
    return key.key
  }

  func produce(
    into folder: String, _ environment: UnitEnvironment
  ) throws(CuveeError) -> DocumentsSummary {
    let used = try usedDocuments(environment.cache)
    var writer = try DocumentsWriter(folder: folder, level: level)
    for input in inputs {
      let reader = try TokenPartReader(
        folder: try environment.cache.open(.tokenise, input.part.key), width: width)
      let count = reader.documents
      for first in stride(from: 0, to: count, by: 4096) {
        let stored = try reader.documents(first..<min(count, first + 4096))
        for (index, document) in stored.enumerated() {
          let ordinal = input.firstDocument + UInt64(first + index)
          guard used.contains(ordinal) else { continue }
          guard Int(document.file) < input.files.count else {
            throw .failed("a tokenised document is of a file that its part does not have")
          }
          let id = try reader.id(of: document)
          var record = DocumentRecord(
            ordinal: ordinal, file: input.files[Int(document.file)], record: document.record,
            byteOffset: document.byteOffset, textHash: document.textHash, tokens: document.tokens)
          record.edits = try reader.edits(of: document)
          try writer.append(record, id: id.span)
        }
        environment.progress.advance(stored.count * TokenisedDocument.size)
      }
    }
    return try writer.finish()
  }

  /// The ordinals of the documents that have a token in a row: one bit a document.
  private func usedDocuments(_ cache: StageCache) throws(CuveeError) -> BitSet {
    let total = inputs.reduce(0) { $0 + $1.part.facts.documents }
    var used = BitSet(count: total)
    var fits = true
    for epoch in epochs {
      try ShuffledDocuments.forEach(
        folder: try cache.open(.shuffle, epoch.key), upTo: epoch.tokens
      ) { fits = used.insert($0) && fits }
    }
    guard fits else { throw .failed("a shuffled document is none of its source's") }
    return used
  }
}

/// A set of ordinals below a count, one bit each.
struct BitSet {
  private var words: [UInt64]

  init(count: UInt64) { words = Array(repeating: 0, count: Int((count + 63) / 64)) }

  /// Adds an ordinal; false where the set has no room for it.
  mutating func insert(_ ordinal: UInt64) -> Bool {
    guard ordinal >> 6 < UInt64(words.count) else { return false }
    words[Int(ordinal >> 6)] |= 1 << (ordinal & 63)
    return true
  }

  func contains(_ ordinal: UInt64) -> Bool { words[Int(ordinal >> 6)] >> (ordinal & 63) & 1 == 1 }
}
