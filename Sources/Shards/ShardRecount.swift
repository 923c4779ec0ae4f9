import Bytes

/// Reads one shard and its segments from end to end and counts again what the manifest says.
struct ShardRecount {
  let manifest: Manifest
  let folder: String
  let displayPath: String
  /// The documents of each source of the manifest; nil where it has no table.
  let documents: [DocumentLengths?]

  /// Reads the rows.
  ///
  /// - Returns: The sources of the rows, in their order.
  func readRows(
    _ shard: ManifestShard, _ report: inout VerificationReport
  ) throws(CuveeError) -> [UInt16] {
    let place = shard.content.file
    var file = try VerifiedFile(shard.content, folder: folder, displayPath: displayPath)
    var pending: [UInt8] = []
    guard try file.nextFrame(into: &pending) else { throw .badData("\(place): an empty shard") }
    let header = try RowShardHeader(pending.span, shardBytes: file.rawSize, place: place)
    pending.removeSubrange(..<header.size)
    let expected = try RowShardHeader(
      columns: manifest.columns ?? header.columns, rows: Int(clamping: shard.rows),
      sizeLimit: manifest.output.shardSize, level: manifest.output.compressionLevel)
    if header != expected { report.add(place, "its header is not as the manifest says") }
    var sources: [UInt16] = []
    var tokens: [UInt32] = []
    repeat {
      var offset = 0
      while pending.count - offset >= header.columns.rowBytes {
        let fields = RowFields(pending.span, at: offset)
        let number = shard.firstRow &+ UInt64(sources.count)
        if fields.row != number {
          report.add(place, "row \(number) is numbered \(fields.row)")
        }
        tokens.removeAll(keepingCapacity: true)
        RowFields.appendTokens(of: pending.span, at: offset, header.columns, to: &tokens)
        if let most = tokens.max(), Int(most) >= manifest.tokenizer.vocabularySize {
          report.add(place, "row \(number) has token \(most), beyond the vocabulary")
        }
        sources.append(fields.source)
        offset += header.columns.rowBytes
      }
      pending.removeSubrange(..<offset)
    } while try file.nextFrame(into: &pending)
    try file.finish(&report)
    report.counts.rows += UInt64(sources.count)
    report.counts.tokens += UInt64(sources.count * header.columns.sequenceLength)
    return sources
  }

  /// Reads the segments and holds them against the sources of the rows.
  func readSegments(
    _ shard: ManifestShard, _ sources: [UInt16], _ report: inout VerificationReport
  ) throws(CuveeError) {
    let place = shard.segments.file
    var file = try VerifiedFile(shard.segments, folder: folder, displayPath: displayPath)
    try file.finish(&report)
    var reader = try SegmentsReader(
      path: "\(folder)/\(place)", displayPath: "\(displayPath)/\(place)")
    guard reader.rows == sources.count else {
      report.add(place, "segments of \(reader.rows) rows, the shard has \(sources.count)")
      return
    }
    var segments: [SegmentRecord] = []
    for row in 0..<reader.rows {
      try reader.read(row: row, into: &segments)
      if let problem = problem(of: segments, source: sources[row]) {
        report.add(place, "row \(shard.firstRow &+ UInt64(row)): \(problem)")
      }
      report.counts.segments += UInt64(segments.count)
    }
  }

  /// What is wrong with the segments of a row, or nil: they cover it without gap or overlap, and
  /// lie in documents of the row's source.
  private func problem(of segments: [SegmentRecord], source: UInt16) -> String? {
    var end: UInt64 = 0
    for segment in segments {
      guard UInt64(segment.offsetInRow) == end, segment.length > 0 else {
        return "a segment begins at token \(segment.offsetInRow), the one before ends at \(end)"
      }
      end += UInt64(segment.length)
      guard segment.source == source else {
        return "a segment is of source \(segment.source), the row of source \(source)"
      }
      guard Int(source) < documents.count,
        let tokens = documents[Int(source)]?.tokens(of: segment.document)
      else { return "document \(segment.document) of source \(source) is in no table" }
      let last = UInt64(segment.offsetInDocument) + UInt64(segment.length)
      guard last <= UInt64(tokens) else {
        return
          "a segment ends at token \(last) of document \(segment.document), which has \(tokens)"
      }
    }
    guard end == UInt64(max(0, manifest.sequenceLength)) else {
      return "its segments cover \(end) tokens of \(manifest.sequenceLength)"
    }
    return nil
  }
}
