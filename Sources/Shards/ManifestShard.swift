/// A shard of a phase: its file, its rows and the file of their segments.
public struct ManifestShard: Codable, Sendable, Equatable {
  /// The file of the rows. In JSON its keys stand among the shard's own.
  public var content: FileEntry
  /// The number of the shard's first row in the whole output.
  public var firstRow: UInt64
  /// The rows of the shard.
  public var rows: UInt64
  /// The rows of each source, in the order of the phase's sources.
  public var rowsBySource: [UInt64]
  /// The file of the segments.
  public var segments: FileEntry

  enum CodingKeys: String, CodingKey {
    case firstRow = "first_row"
    case rows
    case rowsBySource = "rows_by_source"
    case segments
  }

  /// Creates the account of a shard.
  public init(
    content: FileEntry, firstRow: UInt64, rows: UInt64, rowsBySource: [UInt64],
    segments: FileEntry
  ) {
    self.content = content
    self.firstRow = firstRow
    self.rows = rows
    self.rowsBySource = rowsBySource
    self.segments = segments
  }

  /// Reads a shard from a manifest.
  public init(from decoder: any Decoder) throws {
    content = try FileEntry(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    firstRow = try container.decode(UInt64.self, forKey: .firstRow)
    rows = try container.decode(UInt64.self, forKey: .rows)
    rowsBySource = try container.decode([UInt64].self, forKey: .rowsBySource)
    segments = try container.decode(FileEntry.self, forKey: .segments)
  }

  /// Writes a shard into a manifest.
  public func encode(to encoder: any Encoder) throws {
    try content.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(firstRow, forKey: .firstRow)
    try container.encode(rows, forKey: .rows)
    try container.encode(rowsBySource, forKey: .rowsBySource)
    try container.encode(segments, forKey: .segments)
  }
}
