import Bytes
import Shards
import Streams

/// A row of an output: its number, its source and its tokens.
public struct OutputRow: Sendable {
  /// The row's number in the whole output.
  public var row: UInt64
  /// The index of its source in the manifest.
  public var source: Int
  /// Its tokens.
  public var tokens: [UInt32]
}

/// Where a row lies in an output.
public struct RowPlace: Sendable, Equatable {
  /// The index of the phase.
  public var phase: Int
  /// The index of the shard in its phase.
  public var shard: Int
  /// The row's ordinal in the shard.
  public var row: Int
}

/// A finished output, read by rows, segments and documents. Not for several threads at once.
public final class OutputReader {
  /// The output's folder.
  public let folder: String
  /// The folder as messages show it.
  public let displayPath: String
  /// The manifest.
  public let manifest: Manifest
  private var shard: OpenShard?
  private var documents: [Int: DocumentsBox] = [:]
  private var inputRecords: [InputRecord]?

  /// Opens an output.
  ///
  /// - Throws: `missingInput` where there is none, `badData` where it is not one.
  public init(_ path: String) throws(CuveeError) {
    folder = FileSystem.absolute(path)
    displayPath = path
    manifest = try Manifest.read(folder: folder, displayPath: path)
    guard manifest.hasPossibleNumbers else {
      throw .badData(
        "\(path)/\(OutputLayout.manifest): says numbers of rows or tokens that no output can have")
    }
  }

  /// Where a row lies.
  ///
  /// - Throws: `badData` where the output has no such row.
  public func place(of row: UInt64) throws(CuveeError) -> RowPlace {
    for (phase, phases) in manifest.phases.enumerated() {
      for (shard, entry) in phases.shards.enumerated()
      where row >= entry.firstRow && row < entry.firstRow + entry.rows {
        return RowPlace(phase: phase, shard: shard, row: Int(row - entry.firstRow))
      }
    }
    throw .badData("row \(row): \(displayPath) has \(manifest.rows) rows, numbered from 0")
  }

  /// Reads a row. Rows in rising order are read fast.
  public func row(_ number: UInt64) throws(CuveeError) -> OutputRow {
    let place = try place(of: number)
    let open = try open(place)
    var tokens: [UInt32] = []
    let (row, source) = try open.rows.read(row: place.row, tokens: &tokens)
    try require(source: source, of: number)
    return OutputRow(row: row, source: Int(source), tokens: tokens)
  }

  /// The segments of a row, in their order.
  public func segments(of number: UInt64) throws(CuveeError) -> [SegmentRecord] {
    let place = try place(of: number)
    let open = try open(place)
    var segments: [SegmentRecord] = []
    try open.segments.read(row: place.row, into: &segments)
    for segment in segments {
      try require(source: segment.source, of: number)
      let (end, inRow) = segment.offsetInRow.addingReportingOverflow(segment.length)
      let (_, inDocument) = segment.offsetInDocument.addingReportingOverflow(segment.length)
      guard !inRow, !inDocument, end <= manifest.sequenceLength else {
        throw .badData("\(displayPath): a segment of row \(number) ends beyond it")
      }
    }
    return segments
  }

  private func require(source: UInt16, of row: UInt64) throws(CuveeError) {
    guard Int(source) < manifest.sources.count else {
      throw .badData(
        "\(displayPath): row \(row) is of source \(source), and the manifest has "
          + "\(manifest.sources.count)")
    }
  }

  /// A document by its source and its ordinal there.
  public func document(source: Int, ordinal: UInt64) throws(CuveeError) -> DocumentRecord {
    let name = manifest.sources[source].name
    let part = OutputLayout.documentsFolder(source: name)
    if documents[source] == nil {
      documents[source] = DocumentsBox(
        try DocumentsReader(folder: "\(folder)/\(part)", displayPath: "\(displayPath)/\(part)"))
    }
    guard let record = try documents[source]?.reader.find(ordinal: ordinal) else {
      throw .badData("\(displayPath)/\(part): has no document \(ordinal)")
    }
    guard Int(record.file) < (try inputs().count) else {
      throw .badData(
        "\(displayPath)/\(part): document \(ordinal) is of file \(record.file), and the list of inputs "
          + "is shorter")
    }
    return record
  }

  /// The input files.
  public func inputs() throws(CuveeError) -> [InputRecord] {
    if let inputRecords { return inputRecords }
    let records = try InputsFile.read(
      path: "\(folder)/\(OutputLayout.inputs)",
      displayPath: "\(displayPath)/\(OutputLayout.inputs)")
    inputRecords = records
    return records
  }

  private func open(_ place: RowPlace) throws(CuveeError) -> OpenShard {
    if let shard, shard.phase == place.phase, shard.shard == place.shard { return shard }
    let entry = manifest.phases[place.phase].shards[place.shard]
    let opened = OpenShard(
      phase: place.phase, shard: place.shard,
      rows: try RowShardReader(
        path: "\(folder)/\(entry.content.file)",
        displayPath: "\(displayPath)/\(entry.content.file)"),
      segments: try SegmentsReader(
        path: "\(folder)/\(entry.segments.file)",
        displayPath: "\(displayPath)/\(entry.segments.file)"))
    shard = opened
    return opened
  }

  private final class OpenShard {
    let phase: Int
    let shard: Int
    var rows: RowShardReader
    var segments: SegmentsReader

    init(
      phase: Int, shard: Int, rows: consuming RowShardReader, segments: consuming SegmentsReader
    ) {
      self.phase = phase
      self.shard = shard
      self.rows = rows
      self.segments = segments
    }
  }

  private final class DocumentsBox {
    var reader: DocumentsReader
    init(_ reader: consuming DocumentsReader) { self.reader = reader }
  }
}
