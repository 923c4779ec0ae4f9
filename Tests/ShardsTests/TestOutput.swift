import Bytes
import Shards
import Streams

/// Builds a small whole output whose every value follows from a formula.
///
/// Sources `a`, `b` and `c` have documents of `documentLength` tokens; token i of a source's stream
/// is (31 * i + 1000 * source) modulo 50,000. Rows are cut from the stream; rows of the output take
/// the sources in the order of their weights.
struct TestOutput {
  static let names = ["a", "b", "c"]
  static let documentLength = 700

  var columns = RowColumns(sequenceLength: 512, width: .two)
  /// Weights out of 4 and rows of each phase, and the rows of a shard.
  var phases: [(name: String, weights: [UInt64], rows: Int)] = [
    ("first", [4, 0, 0], 30), ("second", [1, 2, 1], 50),
  ]
  var rowsPerShard = 20
  /// The rows of an epoch of each source: some are gone through more than once.
  var rowsPerEpoch = 40

  /// The same with less in it, for tests that read it many times.
  static var tiny: TestOutput {
    TestOutput(
      columns: RowColumns(sequenceLength: 64, width: .two),
      phases: [("first", [4, 0, 0], 6), ("second", [1, 2, 1], 10)], rowsPerShard: 5)
  }

  static func token(source: Int, at index: Int) -> UInt32 {
    UInt32((31 * index + 1000 * source) % 50_000)
  }

  func tokens(source: Int, row: Int) -> [UInt32] {
    let start = row % rowsPerEpoch * columns.sequenceLength
    return (0..<columns.sequenceLength).map { TestOutput.token(source: source, at: start + $0) }
  }

  /// The sources of a phase's rows: always the one that is furthest behind its deadline.
  static func order(weights: [UInt64], rows: Int) -> [Int] {
    let used = weights.indices.filter { weights[$0] > 0 }
    guard used.count > 1 else { return [Int](repeating: used[0], count: rows) }
    let c = 1 / Double(2 * used.count - 2)
    var counts = [Double](repeating: 0, count: weights.count)
    return (1...rows).map { n in
      let due = used.map { source in
        let w = Double(weights[source]) / 4
        return (source: source, lead: Double(n) * w - counts[source], weight: w)
      }.filter { $0.lead >= c }
      let next = due.min { (1 - c - $0.lead) / $0.weight < (1 - c - $1.lead) / $1.weight }
      let source = next?.source ?? used[0]
      counts[source] += 1
      return source
    }
  }

  func segments(source: Int, row: Int) -> [SegmentRecord] {
    let length = TestOutput.documentLength
    var position = row % rowsPerEpoch * columns.sequenceLength
    let end = position + columns.sequenceLength
    var segments: [SegmentRecord] = []
    while position < end {
      let count = min(end - position, length - position % length)
      segments.append(
        SegmentRecord(
          source: UInt16(source), document: UInt64(position / length),
          offsetInDocument: UInt32(position % length),
          offsetInRow: UInt32(columns.sequenceLength - (end - position)), length: UInt32(count)))
      position += count
    }
    return segments
  }

  /// Writes the output and returns its manifest.
  @discardableResult
  func write(to folder: String, change: (inout Manifest) -> Void = { _ in }) throws -> Manifest {
    var cursors = [Int](repeating: 0, count: TestOutput.names.count)
    var phases: [ManifestPhase] = []
    var row = 0
    for (index, phase) in self.phases.enumerated() {
      let first = row
      let order = TestOutput.order(weights: phase.weights, rows: phase.rows)
      let phaseFolder = OutputLayout.phaseFolder(index: index, name: phase.name)
      try FileSystem.createDirectories("\(folder)/\(phaseFolder)")
      var shards: [ManifestShard] = []
      for start in stride(from: 0, to: order.count, by: rowsPerShard) {
        let rows = Array(order[start..<min(start + rowsPerShard, order.count)])
        shards.append(
          try writeShard(
            rows, index: shards.count, firstRow: row, folder: folder, phaseFolder: phaseFolder,
            cursors: &cursors))
        row += rows.count
      }
      phases.append(account(phase, order, folder: phaseFolder, firstRow: first, shards))
    }
    var manifest = Manifest(
      toolVersion: "0.1", zstdVersion: ZstdLibrary.version, name: "test", seed: 1,
      tokenizer: ManifestTokenizer(
        name: "none", sha256: Digest.sha256("none"), pattern: "gpt2",
        specialTokens: "ordinary", vocabularySize: 50_000,
        endOfDocument: 0,
        pad: nil, dtype: columns.width.dtype),
      sequenceLength: columns.sequenceLength,
      output: ManifestOutput(shardSize: 1 << 28, compressionLevel: 3), phases: phases,
      sources: TestOutput.names.indices.map { account($0, rows: cursors[$0]) },
      files: try writeTables(folder))
    try manifest.writeIndexes(folder: folder)
    change(&manifest)
    try manifest.write(folder: folder)
    return manifest
  }

  private func writeShard(
    _ sources: [Int], index: Int, firstRow: Int, folder: String, phaseFolder: String,
    cursors: inout [Int]
  ) throws -> ManifestShard {
    let shardName = "\(phaseFolder)/\(OutputLayout.shard(index))"
    let segmentsName = "\(phaseFolder)/\(OutputLayout.segments(index))"
    var shard = try TestShardWriter(
      path: "\(folder)/\(shardName)", columns: columns, rows: sources.count, sizeLimit: 1 << 28,
      level: 3)
    var segments = try SegmentsWriter(path: "\(folder)/\(segmentsName)", level: 3)
    var counts = [UInt64](repeating: 0, count: TestOutput.names.count)
    for (row, source) in sources.enumerated() {
      var bytes: [UInt8] = []
      for token in tokens(source: source, row: cursors[source]) {
        if columns.width == .two {
          bytes.appendLittleEndian(UInt16(token))
        } else {
          bytes.appendLittleEndian(token)
        }
      }
      try shard.append(row: UInt64(firstRow + row), source: UInt16(source), tokens: bytes.span)
      for segment in self.segments(source: source, row: cursors[source]) {
        try segments.append(segment)
      }
      try segments.endRow()
      cursors[source] += 1
      counts[source] += 1
    }
    return ManifestShard(
      content: FileEntry(file: shardName, summary: try shard.finish()),
      firstRow: UInt64(firstRow), rows: UInt64(sources.count), rowsBySource: counts,
      segments: FileEntry(file: segmentsName, summary: try segments.finish()))
  }

  private func account(
    _ phase: (name: String, weights: [UInt64], rows: Int), _ order: [Int], folder: String,
    firstRow: Int, _ shards: [ManifestShard]
  ) -> ManifestPhase {
    let weighted = phase.weights.count { $0 > 0 }
    let half = order.count / 2
    return ManifestPhase(
      name: phase.name, folder: folder, objective: "causal", firstRow: UInt64(firstRow),
      rows: UInt64(order.count), tokens: UInt64(order.count * columns.sequenceLength),
      targetTokens: UInt64(order.count * columns.sequenceLength),
      sources: phase.weights.indices.map { source in
        ManifestShare(
          name: TestOutput.names[source], weightNumerator: phase.weights[source],
          weightDenominator: 4, rows: UInt64(order.count { $0 == source }),
          phaseRows: UInt64(order.count))
      },
      greatestPrefixError: TestOutput.greatestError(order, weights: phase.weights),
      prefixErrorBound: weighted > 1 ? 1 - 1 / Double(2 * weighted - 2) : 0,
      greatestPhaseError: TestOutput.greatestError(order, weights: phase.weights),
      stretches: [ManifestStretch(rows: UInt64(order.count), exhausted: [])],
      prefixCheckpoints: [
        ManifestCheckpoint(
          rows: UInt64(half), tokens: UInt64(half * columns.sequenceLength),
          rowsBySource: phase.weights.indices.map { source in
            UInt64(order[..<half].count { $0 == source })
          })
      ], shards: shards)
  }

  /// The definition, without any shortcut: every source after every row.
  static func greatestError(_ order: [Int], weights: [UInt64]) -> Double {
    var counts = [Double](repeating: 0, count: weights.count)
    var greatest = 0.0
    for (n, source) in order.enumerated() {
      counts[source] += 1
      for (count, weight) in zip(counts, weights) {
        greatest = max(greatest, abs(count - Double(n + 1) * Double(weight) / 4))
      }
    }
    return greatest
  }

  private func account(_ source: Int, rows: Int) -> ManifestSource {
    let epochs = (rows + rowsPerEpoch - 1) / rowsPerEpoch
    let length = columns.sequenceLength
    let documents = rowsPerEpoch * length / TestOutput.documentLength + 1
    let total = documents * TestOutput.documentLength
    return ManifestSource(
      name: TestOutput.names[source], files: 1,
      reader: ManifestReader(format: "jsonl", text: nil, id: nil, options: [:]),
      documents: ManifestAccount(
        read: UInt64(documents + 3), kept: UInt64(documents), dropped: ["duplicate": 3]),
      bytes: ManifestAccount(read: 103, kept: 100, dropped: ["duplicate": 3]),
      steps: [
        ManifestStep(
          step: "deduplicate exact", reason: "duplicate", documents: 3, documentBytes: 3, lines: 0,
          lineBytes: 0, editedLines: 0)
      ], specialTokens: 0, badRecords: [:],
      tokens: ManifestTokens(
        total: UInt64(total), epochsBegun: UInt64(epochs), used: UInt64(rows * length),
        tail: UInt64(epochs * (total - rowsPerEpoch * length)),
        unused: UInt64((epochs * rowsPerEpoch - rows) * length)),
      rows: ManifestRows(perEpoch: UInt64(rowsPerEpoch), used: UInt64(rows)))
  }

  private func writeTables(_ folder: String) throws -> [FileEntry] {
    var files: [FileEntry] = []
    let documents = rowsPerEpoch * columns.sequenceLength / TestOutput.documentLength + 1
    for (index, name) in TestOutput.names.enumerated() {
      var writer = try DocumentsWriter(
        folder: "\(folder)/\(OutputLayout.documentsFolder(source: name))", level: 3)
      for document in 0..<documents {
        try writer.append(
          DocumentRecord(
            ordinal: UInt64(document), file: UInt32(index), record: UInt64(document * 2),
            byteOffset: UInt64(document * 100), textHash: Hash128(high: 7, low: UInt64(document)),
            tokens: UInt32(TestOutput.documentLength), id: "\(name)-\(document)"))
      }
      files += try writer.finish().entries(source: name)
    }
    let inputs = TestOutput.names.map {
      InputRecord(source: $0, path: "data/\($0).jsonl", size: 9, sha256: Digest.sha256($0))
    }
    let summary = try InputsFile.write(
      inputs, to: "\(folder)/\(OutputLayout.inputs)", level: 3)
    return files + [FileEntry(file: OutputLayout.inputs, summary: summary)]
  }
}
