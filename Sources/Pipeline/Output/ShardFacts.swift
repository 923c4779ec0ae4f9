import Bytes
import Shards
import Streams

/// What one shard holds.
public struct ShardFacts: Sendable, Codable {
  /// The part of one source in a shard.
  public struct SourcePart: Sendable, Codable {
    /// The source's name.
    public var name: String
    /// Its rows in the shard.
    public var rows: UInt64
    /// Its share of the shard's rows, 0 to 1.
    public var share: Double
    /// The stretches of documents in its rows.
    public var segments: Int
    /// The median, over its documents in the shard, of their lengths in tokens.
    public var medianDocumentTokens: UInt32
    /// The length of the longest.
    public var longestDocumentTokens: UInt32

    enum CodingKeys: String, CodingKey {
      case name, rows, share, segments
      case medianDocumentTokens = "median_document_tokens"
      case longestDocumentTokens = "longest_document_tokens"
    }
  }

  /// The shard's file, relative to its output.
  public var file: String
  /// Its rows.
  public var rows: UInt64
  /// Its tokens.
  public var tokens: UInt64
  /// Its uncompressed size.
  public var rawBytes: UInt64
  /// Its size on disk.
  public var compressedBytes: UInt64
  /// Bits on disk for each token.
  public var bitsPerToken: Double
  /// The sources that it has rows of.
  public var sources: [SourcePart]

  enum CodingKeys: String, CodingKey {
    case file, rows, tokens
    case rawBytes = "raw_bytes"
    case compressedBytes = "compressed_bytes"
    case bitsPerToken = "bits_per_token"
    case sources
  }

  /// Reads a shard of an output.
  ///
  /// - Parameter path: The shard's path, in a phase's folder of an output.
  /// - Throws: `missingInput` or `badData` where it is not one.
  public init(path: String) throws(CuveeError) {
    let absolute = FileSystem.absolute(path)
    let parts = absolute.split(separator: "/").map(String.init)
    guard parts.count >= 3 else {
      throw .missingInput("\(path): is not a shard in a phase's folder of an output")
    }
    let name = parts.suffix(2).joined(separator: "/")
    let output = try OutputReader("/" + parts.dropLast(2).joined(separator: "/"))
    guard
      let shard = output.manifest.phases.lazy.flatMap(\.shards).first(where: {
        $0.content.file == name
      })
    else { throw .missingInput("\(path): the output's manifest has no such shard") }
    file = name
    rows = shard.rows
    tokens = shard.rows * UInt64(output.manifest.sequenceLength)
    rawBytes = shard.content.rawBytes
    compressedBytes = shard.content.compressedBytes
    bitsPerToken = Double(compressedBytes) * 8 / Double(max(1, tokens))
    var rowsBySource: [Int: UInt64] = [:]
    var segments: [Int: Int] = [:]
    var lengths: [Int: [UInt64: UInt32]] = [:]
    for row in shard.firstRow..<shard.firstRow + shard.rows {
      let pieces = try output.segments(of: row)
      guard let first = pieces.first else { continue }
      rowsBySource[Int(first.source), default: 0] += 1
      for piece in pieces {
        let source = Int(piece.source)
        segments[source, default: 0] += 1
        if lengths[source]?[piece.document] == nil {
          lengths[source, default: [:]][piece.document] =
            try output.document(source: source, ordinal: piece.document).tokens
        }
      }
    }
    sources = rowsBySource.keys.sorted().map { source in
      let sorted = lengths[source, default: [:]].values.sorted()
      let rows = rowsBySource[source] ?? 0
      return SourcePart(
        name: output.manifest.sources[source].name, rows: rows,
        share: Double(rows) / Double(max(1, shard.rows)), segments: segments[source] ?? 0,
        medianDocumentTokens: sorted.isEmpty ? 0 : sorted[sorted.count / 2],
        longestDocumentTokens: sorted.last ?? 0)
    }
  }
}
